"""Room: people, teams, roles, sign-in, authorisation."""
