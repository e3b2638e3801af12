"""Numbers of results: reserved in the act of signing, used with the paper, else given back or reported as a gap."""

from datetime import datetime, timedelta

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Dossier, ResultNumber
from xaso.apps.signing import facade as signing
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.counters import give_back, next_number

SIGNING_LASTS_AT_MOST = timedelta(minutes=5)


def require_not_being_signed(dossier: Dossier, *, now: datetime) -> None:
    """Raise Refusal `dossiers.being_signed` while somebody is signing, here or at her own token."""
    reserved = ResultNumber.objects.filter(dossier=dossier, state="reserved")
    if reserved.filter(reserved_at__gt=now - SIGNING_LASTS_AT_MOST).exists():
        raise Refusal("dossiers.being_signed")
    awaited = signing.find_awaited(access.subject_of(dossier.pk))
    if awaited is not None and awaited.ends_at > now:
        raise Refusal("dossiers.being_signed")


def number_for(dossier: Dossier, series: str, *, takes_up: bool, now: datetime) -> ResultNumber:
    """Reserve the series' next number, or take up the one of this year that is reserved for the dossier already."""
    year = now.astimezone(VN).year
    reserved = ResultNumber.objects.select_for_update().filter(dossier=dossier, series=series, year=year, state="reserved").first()
    if takes_up and reserved is not None:
        reserved.reserved_at = now
        reserved.save(update_fields=["reserved_at"])
        return reserved
    return ResultNumber.objects.create(
        commune_id=dossier.commune_id,
        series=series,
        year=year,
        number=next_number(dossier.commune_id, f"result:{series}", str(year)),
        dossier=dossier,
        state="reserved",
        reserved_at=now,
    )


@transaction.atomic
def void_number(actor: Actor, number: ResultNumber, reason: str, *, now: datetime) -> bool:
    """Turn a reserved number into a reported gap and tell that it was; a number that was used stays used."""
    reserved = ResultNumber.objects.filter(pk=number.pk, state="reserved")
    if not reserved.update(state="void", closed_at=now, reason=reason[:200]):
        return False
    audit.record(actor, "dossiers.number_voided", access.subject_of(number.dossier_id), {**_named(number), "reason": reason}, now=now)
    return True


@transaction.atomic
def give_number_back(actor: Actor, number: ResultNumber, *, now: datetime) -> bool:
    """Let a reserved number that no signature bears be the series' next again; where others followed it, it becomes a reported gap."""
    row = ResultNumber.objects.select_for_update().filter(pk=number.pk, state="reserved").first()
    if row is None:
        return False
    if not give_back(row.commune_id, f"result:{row.series}", str(row.year), row.number):
        return void_number(actor, row, "not_signed", now=now)
    row.delete()
    audit.record(actor, "dossiers.number_given_back", access.subject_of(number.dossier_id), _named(number), now=now)
    return True


def void_abandoned_numbers(now: datetime) -> int:
    """Settle numbers whose signing never came to an end; returns how many.

    Cut off in the middle (power cut, crash) they become reported gaps. Those that waited for an official's token in vain are given back.
    """
    abandoned = ResultNumber.objects.filter(state="reserved", reserved_at__lte=now - SIGNING_LASTS_AT_MOST)
    return sum(_settle(number, now) for number in abandoned.order_by("-number"))


@transaction.atomic
def _settle(number: ResultNumber, now: datetime) -> bool:
    """Settle one, unless its signature is still awaited; the dossier's lock keeps her from finishing meanwhile."""
    actor, subject = Actor.system(number.commune_id, ""), access.subject_of(number.dossier_id)
    Dossier.objects.select_for_update(of=("self",)).get(pk=number.dossier_id)
    awaited = signing.find_awaited(subject)
    if awaited is None or awaited.reference != str(number.pk):
        return void_number(actor, number, "interrupted", now=now)
    if awaited.ends_at > now:
        return False
    signing.forget_pending(subject)
    return give_number_back(actor, number, now=now)


def _named(number: ResultNumber) -> dict[str, object]:
    return {"series": number.series, "year": number.year, "number": number.number}
