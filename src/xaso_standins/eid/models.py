"""The people who have signed in here. Who they are comes from the file of demo citizens."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Person(AbstractBaseUser):
    """A person under the identifier that clients see."""

    sub = models.CharField(max_length=64, primary_key=True)
    facts = models.JSONField(default=dict)

    objects: ClassVar[BaseUserManager[Any]] = BaseUserManager()

    USERNAME_FIELD = "sub"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
