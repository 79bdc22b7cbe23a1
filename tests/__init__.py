"""Tests: each folder mirrors a package of evenhand; clauses/ shows the register's acceptances."""
