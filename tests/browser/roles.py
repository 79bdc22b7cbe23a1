"""The roles that the demonstration offers a sign-in for."""

ROLES = [
    "social-worker",
    "team-manager",
    "service-manager",
    "reviewing-officer",
    "quality-assurance",
    "equality-lead",
    "data-officer",
    "director",
    "administrator",
    "data-protection-officer",
    "complaints-officer",
    "partner-auditor",
]
