"""Services supplied, baselines, places by area, and other authorities' values."""

from evenhand.monitoring.models.baselines import Baseline
from evenhand.monitoring.models.benchmarks import Benchmark, BenchmarkFile
from evenhand.monitoring.models.judgements import Judgement
from evenhand.monitoring.models.needs import NeedTally, ServiceWaitTally
from evenhand.monitoring.models.provisions import Provision
from evenhand.monitoring.models.resources import Resource, ResourceShare
from evenhand.monitoring.models.runs import MonitoringRun

__all__ = [
    "Baseline", "Benchmark", "BenchmarkFile", "Judgement", "MonitoringRun", "NeedTally",
    "Provision", "Resource", "ResourceShare", "ServiceWaitTally",
]  # fmt: skip
