"""Islehaven's services, teams and workers: who they are, whom they answer to, and their roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evenhand.synth.chance import Chance
from evenhand.synth.figures import figure, share, whole

Row = tuple[str, ...]


@dataclass(slots=True)
class Worker:
    """One worker; ``open_cases`` is counted while children are written."""

    id: str
    name: str
    title: str
    roles: str
    team: str
    manager: str
    registered: bool
    agency: bool
    full_time: bool
    open_cases: int = 0


@dataclass(slots=True)
class Team:
    """A team, what it does, the area it serves, and those of its workers who hold cases."""

    id: str
    name: str
    service: str
    does: str
    area: str
    workers: list[Worker] = field(default_factory=list)

    def worker(self, fraction: float) -> Worker:
        """Return the worker at a fraction of the team's list."""
        return self.workers[int(fraction * len(self.workers))]


class Staff:
    """Everybody who works in Islehaven, for an extract of so many children."""

    def __init__(self, seed: int, children: int) -> None:
        self._chance = Chance(seed, "staff")
        self._names: set[str] = set()
        self.everyone: list[Worker] = []
        self.authority: dict[str, str] = figure("office:authority")
        self.services: dict[str, str] = figure("office:services")
        self.teams = {
            key: Team(key, team["name"], team["service"], team["does"], team.get("area", ""))
            for key, team in figure("office:teams").items()
        }
        self._appoint_leaders()
        for team in self.teams.values():
            self._appoint(team, children)
        self._for = {(team.does, team.area): team for team in self.teams.values()}

    def team(self, does: str, area: str = "") -> Team:
        """Return the team that does this work, for the families of this area."""
        return self._for[does, area]

    def _appoint_leaders(self) -> None:
        posts = figure("office:posts")
        director = self._hire(posts[0]["title"], posts[0]["roles"], self.authority["id"], "")
        self._heads = {
            service: self._hire("Head of service", "service manager", service, director.id)
            for service in self.services
        }
        for post in posts[1:]:
            place = post.get("service", self.authority["id"])
            manager = self._heads[place].id if place in self._heads else director.id
            self._hire(post["title"], post["roles"], place, manager)

    def _appoint(self, team: Team, children: int) -> None:
        manager = self._hire("Team manager", "team manager", team.id, self._heads[team.service].id)
        title, roles, _ = figure("office:titles")[team.does]
        team.workers = [
            self._hire(title, roles, team.id, manager.id)
            for _ in range(_workers_needed(team, children))
        ]

    def _hire(self, title: str, roles: str, team: str, manager: str) -> Worker:
        chance = self._chance
        worker = Worker(
            id=f"W{len(self.everyone) + 1:05d}",
            name=self._name(),
            title=title,
            roles=roles,
            team=team,
            manager=manager,
            registered="ocial worker" in title or "eviewing" in title or "manager" in title,
            agency=bool(manager) and chance.happens(share("involvement.agency")),
            full_time=chance.happens(share("involvement.full_time")),
        )
        self.everyone.append(worker)
        return worker

    def _name(self) -> str:
        for _ in range(40):
            name = made_up_name(self._chance)
            if name not in self._names:
                break
        self._names.add(name)
        return name

    def departments(self) -> Iterator[Row]:
        """Rows of the department table: the authority, its services, their teams."""
        top, name = self.authority["id"], self.authority["name"]
        yield top, name, "", ""
        for key, service in self.services.items():
            yield key, service, top, name
        for team in self.teams.values():
            yield team.id, team.name, team.service, self.services[team.service]

    def professionals(self) -> Iterator[Row]:
        """Rows of the professionals table, caseloads as counted by now."""
        for number, worker in enumerate(self.everyone, start=1):
            yield (
                worker.id,
                f"STF{number:05d}",
                worker.name,
                f"SW9{number:05d}" if worker.registered else "",
                "Y" if worker.agency else "N",
                worker.title,
                str(worker.open_cases),
                self.place_name(worker.team),
                "1.0" if worker.full_time else "0.6",
            )

    def roster(self) -> Iterator[Row]:
        """Rows of the roster file."""
        for worker in self.everyone:
            team = self.teams.get(worker.team)
            service = team.service if team else worker.team
            yield (
                worker.id,
                worker.name,
                f"{worker.name.lower().replace(' ', '.')}@islehaven.example",
                worker.title,
                worker.team,
                self.place_name(worker.team),
                service if service in self.services else "",
                self.services.get(service, ""),
                worker.manager,
                worker.roles,
            )

    def place_name(self, place: str) -> str:
        """Return the name of a team, a service or the authority."""
        if place in self.teams:
            return self.teams[place].name
        return self.services.get(place, self.authority["name"])


def _workers_needed(team: Team, children: int) -> int:
    reviewing = team.does == "reviewing"
    caseload = whole("office:reviewing_caseload" if reviewing else "office:caseload")
    needed = children * share(f"office:teams.{team.id}.share") / caseload
    return max(whole("office:fewest_workers"), round(needed))


def made_up_name(chance: Chance) -> str:
    """Return a forename and a surname, drawn without regard to anything else."""
    return f"{chance.one_of(figure('office:forenames'))} {chance.one_of(figure('office:surnames'))}"
