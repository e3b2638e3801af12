"""What this room says no to, in words."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "backups.no_folder": _("Chưa đặt nơi để bản sao lưu. Đặt XASO_BACKUP_FOLDER."),
        "backups.folder_missing": _("Không thấy thư mục %(folder)s. Có thể ổ đĩa sao lưu chưa được gắn."),
        "backups.no_recipient": _("Chưa có khóa để mã hóa. Chạy xaso backup key, rồi đặt XASO_BACKUP_RECIPIENTS."),
        "backups.runs_already": _("Đang có một lần sao lưu hay phục hồi khác chạy trên máy này. Chờ nó xong."),
        "backups.disk_full": _("Đĩa chứa %(folder)s còn trống %(free)s MB, cần %(needed)s MB. Bản dở dang đã được xóa, bản cũ còn nguyên."),
        "backups.not_written": _("Không ghi được vào đĩa (%(problem)s). Bản dở dang đã được xóa, bản cũ còn nguyên."),
        "backups.interrupted": _("Bị ngắt giữa chừng."),
        "backups.database_failed": _("Cơ sở dữ liệu không sao lưu hay phục hồi được: %(problem)s"),
        "backups.program_missing": _("Máy này không có %(program)s. Cài gói postgresql-client cùng phiên bản với máy chủ (%(version)s)."),
        "backups.program_too_old": _("%(program)s ở máy này là bản %(found)s, cũ hơn máy chủ PostgreSQL %(version)s. Cài bản mới hơn."),
        "backups.no_backup": _("Chưa có bản sao lưu nào trong %(folder)s."),
        "backups.file_missing": _("Không mở được tệp %(file)s."),
        "backups.file_there": _("Tệp %(file)s đã có; không ghi đè."),
        "backups.key_missing": _("Không mở được tệp khóa %(file)s. Không có khóa thì không ai mở được bản sao lưu; chưa ghi gì."),
        "backups.key_malformed": _("Tệp %(file)s không phải khóa sao lưu: cần một dòng AGE-SECRET-KEY-1… Chưa ghi gì."),
        "backups.wrong_key": _("Khóa này không mở được bản sao lưu %(file)s: bản ấy được mã hóa cho khóa khác. Chưa ghi gì."),
        "backups.altered": _("Bản sao lưu %(file)s bị hỏng hoặc bị sửa, từ byte %(at)s. Không phục hồi gì từ bản này."),
        "backups.not_a_backup": _("Tệp %(file)s không phải bản sao lưu của Xã Số. Chưa ghi gì."),
        "backups.forged": _("Bản sao lưu %(file)s không mang dấu của máy chủ này. Không phục hồi gì từ bản này."),
        "backups.newer": _("Bản sao lưu này do một phiên bản mới hơn tạo ra (%(what)s). Cập nhật phần mềm trước; chưa ghi gì."),
        "backups.other_database": _(
            "Bản sao lưu này là của %(theirs)s, còn nơi phục hồi dùng %(ours)s. Đặt lại DATABASE_URL; chưa ghi gì."
        ),
        "backups.not_empty": _("Nơi phục hồi đã có dữ liệu: %(what)s. Chỉ phục hồi vào nơi trống; chưa ghi gì."),
        "backups.not_owner": _(
            "Bảng %(table)s thuộc về tài khoản %(owner)s, không thuộc tài khoản của phần mềm. Nâng cấp bằng tay, xem tài liệu vận hành."
        ),
        "backups.half_restored": _("Nơi này đang phục hồi dở dang. Chạy lại lệnh xaso restore cho xong."),
        "backups.may_not_create_database": _(
            "Tài khoản này không lập được cơ sở dữ liệu thử (%(problem)s). Đặt XASO_BACKUP_DRILL_DATABASE_URL tới một cơ sở dữ liệu trống."
        ),
        "backups.drill_failed": _("Phục hồi thử không chứng minh được: %(problem)s"),
    }
)
