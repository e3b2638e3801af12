"""The account a person signs in with: officials by user name and password, citizens by the electronic identity."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import SealedText


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; what an account may do comes from posts, never from the account."""

    def create_user(self, username: str | None, password: str | None = None, **fields: object) -> "Account":
        """Save an account; without a password it can't sign in by one."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in. Citizens have no user name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=60, unique=True, null=True)
    full_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    phone = SealedText(max_length=15, blank=True)
    language = models.CharField(max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.full_name

    def get_username(self) -> str:
        """Return the user name; the empty text for citizens."""
        return self.username or ""

    def clean(self) -> None:
        """Keep a missing user name missing: Django's own version would turn it into the text “None”."""
