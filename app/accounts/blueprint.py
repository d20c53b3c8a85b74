"""The pages of this room."""

from flask import Blueprint

from app.accounts import account_views, import_views, link_views, people_views, sign_in_views, team_views

bp = Blueprint("accounts", __name__, template_folder="templates")

# Coming in and going out
bp.add_url_rule("/sign-in", "sign_in", sign_in_views.sign_in, methods=["GET", "POST"])
bp.add_url_rule("/sign-out", "sign_out", sign_in_views.sign_out, methods=["POST"])
bp.add_url_rule("/forgot-password", "forgot_password", link_views.forgot_password, methods=["GET", "POST"])
bp.add_url_rule("/links/<secret>", "link", link_views.link, methods=["GET", "POST"])

# My account
bp.add_url_rule("/account", "account", account_views.account, methods=["GET", "POST"])
bp.add_url_rule("/account/password", "password", account_views.password, methods=["POST"])
bp.add_url_rule("/account/other-browsers", "end_other_browsers", account_views.end_other_browsers, methods=["POST"])

# People, for administrators
bp.add_url_rule("/admin", "people", people_views.people)
bp.add_url_rule("/admin/people/new", "invite", people_views.invite, methods=["GET", "POST"])
bp.add_url_rule("/admin/people/<uuid:person_id>", "person", people_views.person, methods=["GET", "POST"])
bp.add_url_rule(
    "/admin/people/<uuid:person_id>/invitation", "invite_again", people_views.invite_again, methods=["POST"]
)
bp.add_url_rule("/admin/people/<uuid:person_id>/close", "deactivate", people_views.deactivate, methods=["POST"])
bp.add_url_rule("/admin/people/<uuid:person_id>/open", "reactivate", people_views.reactivate, methods=["POST"])
bp.add_url_rule("/admin/people/<uuid:person_id>/teams", "join_team", people_views.join_team, methods=["POST"])

# Teams, for administrators
bp.add_url_rule("/admin/teams", "teams", team_views.teams, methods=["GET", "POST"])
bp.add_url_rule("/admin/teams/<uuid:team_id>", "team", team_views.team, methods=["GET", "POST"])
bp.add_url_rule("/admin/teams/<uuid:team_id>/delete", "delete_team", team_views.delete_team, methods=["POST"])
bp.add_url_rule("/admin/teams/<uuid:team_id>/people", "add_to_team", team_views.add_to_team, methods=["POST"])
bp.add_url_rule(
    "/admin/teams/<uuid:team_id>/people/<uuid:person_id>/leave", "leave_team", team_views.leave_team, methods=["POST"]
)

# Import, for administrators
bp.add_url_rule("/admin/import", "import_people", import_views.choose, methods=["GET", "POST"])
bp.add_url_rule("/admin/import/confirm", "confirm_import", import_views.confirm, methods=["POST"])
