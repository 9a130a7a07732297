"""Addresses of the web room; who may call them stands in `access`."""

from django.views.i18n import set_language

from paotui.web.access import route
from paotui.web.public import bulletins as public_bulletins
from paotui.web.public import figures as public_figures
from paotui.web.public import front_page, health, sign_in
from paotui.web.staff import (
    attachments,
    bulletins,
    cases,
    figures,
    launch,
    ledger,
    page,
    playbooks,
    rosters,
    task_forces,
    today,
    work,
    work_orders,
)

app_name = "web"

urlpatterns = [
    route("", front_page.page, "front_page"),
    route("page.pdf", front_page.pdf, "page_pdf"),
    route("figures/<str:name>/", public_figures.page, "figure"),
    route("bulletins/<slug:slug>/", public_bulletins.page, "bulletin"),
    route("bulletins/<slug:slug>.docx", public_bulletins.docx, "bulletin_docx"),
    route("language/", set_language, "language"),
    route("health/", health.health, "health"),
    route("sign-in/", sign_in.sign_in, "sign_in"),
    route("sign-out/", sign_in.sign_out, "sign_out"),
    route("staff/", today.landing, "staff"),
    route("staff/today/", today.page, "today"),
    route("staff/work/", work.listing, "work"),
    route("staff/work/export.xlsx", work.export, "work_export"),
    route("staff/work/<int:id>/", work_orders.page, "work_order"),
    route("staff/work/<int:id>/record/", work_orders.record, "work_record"),
    route("staff/work/<int:id>/<slug:verb>/", work_orders.move, "work_move"),
    route("staff/cases/<int:id>/", cases.page, "case"),
    route("staff/task-forces/", task_forces.listing, "task_forces"),
    route("staff/task-forces/new/", launch.wizard, "launch"),
    route("staff/task-forces/<int:id>/", task_forces.page, "task_force"),
    route("staff/task-forces/<int:id>/export.xlsx", task_forces.export, "task_force_export"),
    route("staff/task-forces/<int:id>/close/", task_forces.close, "task_force_close"),
    route("staff/playbooks/", playbooks.listing, "playbooks"),
    route("staff/playbooks/<slug:key>/", playbooks.page, "playbook"),
    route("staff/rosters/", rosters.listing, "rosters"),
    route("staff/rosters/import/", rosters.bring, "roster_import"),
    route("staff/rosters/<int:id>/", rosters.page, "roster"),
    route("staff/rosters/<int:id>/export.xlsx", rosters.export, "roster_export"),
    route("staff/figures/", figures.listing, "figures"),
    route("staff/figures/<str:name>/", figures.page, "staff_figure"),
    route("staff/figures/<str:name>/export.xlsx", figures.export, "figure_export"),
    route("staff/bulletins/", bulletins.listing, "bulletins"),
    route("staff/bulletins/new/", bulletins.new, "bulletin_new"),
    route("staff/bulletins/<int:id>/", bulletins.page, "staff_bulletin"),
    route("staff/bulletins/<int:id>/sign/", bulletins.sign, "bulletin_sign"),
    route("staff/page/", page.page, "page"),
    route("staff/page/publish/", page.publish, "page_publish"),
    route("staff/ledger/", ledger.listing, "ledger"),
    route("staff/ledger/verify/", ledger.verify, "ledger_verify"),
    route("staff/attachments/<str:sha256>/", attachments.file, "attachment"),
]
