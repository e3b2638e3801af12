"""The only readers of the tokens of programs. What they return never holds a token."""

from uuid import UUID

from xaso.apps.audit import facade as audit
from xaso.apps.webhooks import access
from xaso.apps.webhooks.shapes import TokenLine
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.models import ApiToken

MOST_ACTS = 1000


def list_tokens(actor: Actor) -> list[TokenLine]:
    """Return the tokens that the actor may see, the newest first. Two queries."""
    return _lines(list(ApiToken.objects.filter(access.tokens_visible_to(actor)).order_by("-created_at", "-id")))


def get_token(actor: Actor, token_id: UUID) -> TokenLine:
    """Return a token. Raises Refusal `tokens.not_found`. Two queries."""
    found = _lines(list(ApiToken.objects.filter(access.tokens_visible_to(actor), pk=token_id)))
    if not found:
        raise Refusal("tokens.not_found")
    return found[0]


def count_given(commune_id: UUID) -> int:
    """Return how many tokens of the commune were made and not withdrawn, those whose last day is over among them. One query."""
    return ApiToken.objects.filter(commune_id=commune_id, revoked_at=None).count()


def _lines(rows: list[ApiToken]) -> list[TokenLine]:
    """Return the rows with who made and who withdrew each, as the record has it."""
    acts = audit.traces_of([f"token:{row.id}" for row in rows], limit=MOST_ACTS) if rows else []
    who = {(act.subject, act.verb): "" if act.channel == "console" else act.actor_name for act in acts}
    names = ("id", "name", "created_at", "expires_at", "revoked_at", "last_used_at")
    return [
        TokenLine(
            scopes=tuple(row.scopes),
            made_by=who.get((f"token:{row.id}", "tokens.create")),
            revoked_by=who.get((f"token:{row.id}", "tokens.revoke")),
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
    ]
