"""How the public reaches an agency: what it publishes about itself, nothing about anybody else."""

import datetime as dt

from sqlalchemy import BigInteger, DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

CONTACT_FIELDS = (
    *("address", "hours", "phone", "tip_phone", "tip_email", "tip_wechat", "tip_weibo"),
)
"""Address, office hours, telephone; 监督举报电话, 电子邮箱, 微信, 微博 (第二十一条)."""


class PublicContact(TenantRow, Base):
    """What an agency publishes (吉民发〔2017〕58号 第二十一、二十三条); the newest row counts,
    earlier ones stay. Empty where the agency has none."""

    __tablename__ = "public_contact"
    __table_args__ = (
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert",
                        "public": Grant("select", columns=("agency_id", "id", *CONTACT_FIELDS)),
                    }
                )
            }
        },
    )

    address: Mapped[str] = mapped_column(Text, server_default="")
    hours: Mapped[str] = mapped_column(Text, server_default="")
    phone: Mapped[str] = mapped_column(Text, server_default="")
    tip_phone: Mapped[str] = mapped_column(Text, server_default="")
    tip_email: Mapped[str] = mapped_column(Text, server_default="")
    tip_wechat: Mapped[str] = mapped_column(Text, server_default="")
    tip_weibo: Mapped[str] = mapped_column(Text, server_default="")
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
