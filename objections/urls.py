"""URLs of objections in the portal. A case is identified by its key."""

from django.urls import path

from objections.views import answers, case_messages, filing, mine, papers

urlpatterns = [
    path("aanvragen/<uuid:key>/bezwaar/", filing.object_to, name="object_to"),
    path("aanvragen/<uuid:key>/bezwaar/nakijken/", filing.object_check, name="object_check"),
    path("aanvragen/<uuid:key>/bezwaar/weggooien/", filing.object_discard, name="object_discard"),
    path("aanvragen/<uuid:key>/besluit/<str:reference>/bezwaar/", filing.object_to, name="object_to"),
    path("aanvragen/<uuid:key>/besluit/<str:reference>/bezwaar/nakijken/", filing.object_check, name="object_check"),
    path(
        "aanvragen/<uuid:key>/besluit/<str:reference>/bezwaar/weggooien/", filing.object_discard, name="object_discard"
    ),
    path("bezwaar/<uuid:key>/", mine.show_objection, name="objection"),
    path("bezwaar/<uuid:key>/ingevuld.pdf", mine.objection_pdf, name="objection_pdf"),
    path("bezwaar/<uuid:key>/berichten/", case_messages.objection_messages, name="objection_messages"),
    path("bezwaar/<uuid:key>/aanvullen/", papers.repair_objection, name="objection_repair"),
    path("bezwaar/<uuid:key>/hoorzitting/", answers.answer_hearing, name="objection_hearing"),
    path("bezwaar/<uuid:key>/stukken/", papers.add_papers, name="objection_papers"),
    path("bezwaar/<uuid:key>/kosten/", answers.ask_costs, name="objection_costs"),
    path("bezwaar/<uuid:key>/dwangsom/", answers.contest_penalty, name="objection_penalty"),
    path("bezwaar/<uuid:key>/intrekken/", answers.withdraw_objection, name="objection_withdraw"),
    path("bezwaar/<uuid:key>/te-laat/", answers.default_notice, name="objection_late"),
]
