"""Identifiers: one opaque string type an object, so that they cannot be mixed up."""

from typing import NewType

SourceId = NewType("SourceId", str)
ReleaseId = NewType("ReleaseId", str)
AccountId = NewType("AccountId", str)
RuleId = NewType("RuleId", str)
RolloutId = NewType("RolloutId", str)
PostId = NewType("PostId", str)
DeliveryId = NewType("DeliveryId", str)
QuietPeriodId = NewType("QuietPeriodId", str)
OutageId = NewType("OutageId", str)
ReplyId = NewType("ReplyId", str)
AnswerId = NewType("AnswerId", str)
ErasureId = NewType("ErasureId", str)
CaseId = NewType("CaseId", str)
DepartmentId = NewType("DepartmentId", str)
UserId = NewType("UserId", str)
ApiTokenId = NewType("ApiTokenId", str)
QuestionId = NewType("QuestionId", str)
DemandId = NewType("DemandId", str)
ImportId = NewType("ImportId", str)
DeputyId = NewType("DeputyId", str)
