"""The API keeps to its own description, whatever it is asked."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from tests.integration.api.counter import Counter, fill, open_counter

OPERATIONS = [
    ("POST", "/api/releases"),
    ("POST", "/api/attachments"),
    ("GET", "/api/releases"),
    ("GET", "/api/releases/{release_id}"),
    ("GET", "/api/posts"),
    ("GET", "/api/posts/{post_id}"),
    ("GET", "/api/replies"),
    ("GET", "/api/cases"),
    ("GET", "/api/cases/{case_id}"),
    ("GET", "/api/questions"),
    ("GET", "/api/questions/{question_id}"),
    ("GET", "/api/questions/{question_id}/members"),
    ("GET", "/api/demands"),
    ("GET", "/api/topics"),
    ("GET", "/api/statistics"),
    ("GET", "/api/coverage"),
]

# What a release may say is judged by the reader, in more ways than a JSON schema can name, so
# that a body which fits the schema may still be refused.
LEFT_OUT = ["positive_data_acceptance"]


@pytest.fixture
def filled(sqlite_url: str) -> Iterator[Counter]:
    """An application with something to read."""
    with open_counter(sqlite_url) as counter:
        fill(counter.storage)
        yield counter


def test_the_description_lists_every_operation(filled: Counter) -> None:
    """With an identifier, the refusals it may answer, and the token it asks for."""
    document = filled.client.get("/api/openapi.json").json()

    described = [
        (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    assert sorted((m, p) for m, p, _ in described) == sorted(OPERATIONS)
    assert all({"401", "503"} <= set(o["responses"]) for _, _, o in described)
    assert all(o["security"] == [{"token": []}] for _, _, o in described)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_operation_answers_as_described(
    filled: Counter, method: str, path: str, mode: GenerationMode
) -> None:
    """No 500, no status, media type or field that the description does not have."""
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", filled.app)

    @settings(
        max_examples=12,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def answers_as_described(case: Any) -> None:
        case.call_and_validate(
            headers=filled.client.headers,
            excluded_checks=[CHECKS.get_one(name) for name in LEFT_OUT],
        )

    answers_as_described()
