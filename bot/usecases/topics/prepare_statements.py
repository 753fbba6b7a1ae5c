"""Draft a statement for what many ask, out of released documents; nobody is sent it."""

from dataclasses import replace

from bot.domain.ids import AccountId
from bot.domain.topics.alert import AlertState, TopicAlert
from bot.domain.topics.statement import PublicText, passages_on, statement_on
from bot.usecases.topics.tools import WatchTools

MOST_ALERTS = 20
TERMS_SEARCHED, DOCUMENTS_A_TERM = 3, 3


def prepare_statements(tools: WatchTools) -> int:
    """For alerts that so many people are behind as the rules say; returns how many were looked
    at. Each once; an office without a document on it gets an empty draft."""
    with tools.storage.look() as uow:
        rules = tools.rules(uow)
        alerts = uow.topics.alerts(states=[AlertState.OPEN, AlertState.RECORDED], limit=MOST_ALERTS)
    waiting = [a for a in alerts if not a.is_prepared and a.askers >= rules.statement_from]
    for alert in waiting:
        _prepare(alert, tools)
    return len(waiting)


def _prepare(alert: TopicAlert, tools: WatchTools) -> None:
    hits = {
        hit.release: hit
        for term in alert.terms[:TERMS_SEARCHED]
        for hit in tools.search.released(term, account=AccountId(""), limit=DOCUMENTS_A_TERM)
    }
    with tools.storage.begin() as uow:
        documents = [
            PublicText(
                hit.title,
                hit.document_number or "",
                hit.url,
                uow.releases.get(release).content.body.text,
            )
            for release, hit in hits.items()
        ]
        statement = statement_on(alert.name, passages_on(alert.terms, documents))
        drafted = replace(uow.topics.claim_alert(alert.id), statement=statement, is_prepared=True)
        uow.topics.save_alert(drafted)
        uow.commit()
