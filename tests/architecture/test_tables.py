"""The same plan in the database: who points at whom."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models

from tests.architecture.reading import rooms


def _our_models() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if config.name.startswith("xaso."):
            yield from config.get_models(include_auto_created=True)


def _links() -> Iterator[tuple[type[models.Model], str, type[models.Model]]]:
    for model in _our_models():
        for field in model._meta.get_fields(include_hidden=True):
            if field.is_relation and field.concrete and isinstance(field.related_model, type):
                yield model, field.name, field.related_model


def test_foreign_keys_point_only_downward() -> None:
    plates = rooms()
    wrong = []
    for model, name, other in _links():
        mine, theirs = model._meta.app_label, other._meta.app_label
        if mine != theirs and theirs in plates and theirs not in plates.get(mine, ()):
            wrong.append(f"{model._meta.label}.{name} points at {other._meta.label}")

    assert wrong == []


def test_platform_points_at_no_room() -> None:
    plates = rooms()

    assert [
        f"{model._meta.label}.{name}"
        for model, name, other in _links()
        if model._meta.app_label == "platform" and other._meta.app_label in plates
    ] == []


def test_no_generic_foreign_keys() -> None:
    assert [model._meta.label for model in _our_models() if any(isinstance(f, GenericForeignKey) for f in model._meta.private_fields)] == []


def test_each_room_is_an_app_of_its_own_name() -> None:
    labels = {
        config.name.removeprefix("xaso.apps."): config.label for config in apps.get_app_configs() if config.name.startswith("xaso.apps.")
    }

    assert {name: label for name, label in labels.items() if name != label} == {}
    assert set(rooms()) == set(labels)
