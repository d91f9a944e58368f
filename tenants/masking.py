"""How private values look on a screen until somebody gives a reason to see them."""


def mask_id_number(number: str) -> str:
    """Eighteen characters as ``220182********123X``; other documents keep a quarter each side."""
    return _keep(number, 6, 4) if len(number) == 18 else _keep(number, *_quarters(number))


def mask_name(name: str) -> str:
    """Two characters keep the first; longer names keep the first and the last."""
    return _keep(name, 1, 0 if len(name) <= 2 else 1)


def mask_phone(phone: str) -> str:
    """A mobile number as ``138****5678``; others keep the last four digits."""
    return _keep(phone, 3, 4) if len(phone) == 11 else _keep(phone, 0, min(4, len(phone) // 2))


def mask_account(account: str) -> str:
    """The last four characters of an account number, or a quarter of a short one."""
    return _keep(account, 0, 4 if len(account) >= 12 else len(account) // 4)


def _quarters(text: str) -> tuple[int, int]:
    return len(text) // 4, len(text) // 4


def _keep(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    return text[:first] + "*" * hidden + text[len(text) - last :] if hidden > 0 else "*" * len(text)
