"""The roles that posts hold. A role is what the law or the commune lets a person do; a post is where she does it."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """Roles as the flows of dossiers name them."""

    DESK = "desk"
    CASE_OFFICER = "case_officer"
    CLERK = "clerk"
    SIGNER = "signer"
    LEADER = "leader"
    CENTRE_HEAD = "centre_head"
    TEAM_LEADER = "team_leader"
    TEAM_MEMBER = "team_member"
    ADMINISTRATOR = "administrator"


ROLE_WORDS = {
    Role.DESK: _("Tiếp nhận và trả kết quả"),
    Role.CASE_OFFICER: _("Thụ lý hồ sơ"),
    Role.CLERK: _("Văn thư"),
    Role.SIGNER: _("Ký kết quả"),
    Role.LEADER: _("Lãnh đạo"),
    Role.CENTRE_HEAD: _("Giám đốc trung tâm"),
    Role.TEAM_LEADER: _("Tổ trưởng tổ công nghệ số"),
    Role.TEAM_MEMBER: _("Thành viên tổ công nghệ số"),
    Role.ADMINISTRATOR: _("Quản trị"),
}
OFFICE_ROLES = frozenset(set(Role) - {Role.TEAM_LEADER, Role.TEAM_MEMBER})
