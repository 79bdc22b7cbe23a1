"""What Evenhand keeps of the audit programme."""

from evenhand.audits.models.checks import ComplianceCheck, PartnerAgency
from evenhand.audits.models.conduct import Audit, Copy, ToolComment
from evenhand.audits.models.findings import DashboardLook, Finding, ManagementReview, Told
from evenhand.audits.models.moderation import CalibratedAudit, Calibration
from evenhand.audits.models.programme import Member, Slot
from evenhand.audits.models.reports import Recommendation, Report
from evenhand.audits.models.samples import Sample, SampledFile

__all__ = [
    "Audit", "CalibratedAudit", "Calibration", "ComplianceCheck", "Copy", "DashboardLook",
    "Finding", "ManagementReview", "Member", "PartnerAgency", "Recommendation", "Report",
    "Sample", "SampledFile", "Slot", "Told", "ToolComment",
]  # fmt: skip
