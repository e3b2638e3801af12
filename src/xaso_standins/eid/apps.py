from django.apps import AppConfig


class EidConfig(AppConfig):
    name = "xaso_standins.eid"
    label = "eid"
