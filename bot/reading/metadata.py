"""Flat metadata, as headers and pages write it, in the JSON shape of a release."""


def payload_of(metadata: dict[str, str]) -> dict[str, object]:
    """Flat metadata in the JSON shape: the three approval fields become one object."""
    payload: dict[str, object] = {k: v for k, v in metadata.items() if not k.startswith("appro")}
    approval = {
        name: metadata[field]
        for field, name in (
            ("approved_by", "by"),
            ("approval_evidence", "evidence"),
            ("approved_at", "at"),
        )
        if field in metadata
    }
    if approval:
        payload["approval"] = approval
    return payload
