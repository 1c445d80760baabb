"""Addresses of trainees, companies, funders, trainers and subcontractors."""

from django.urls import path

from trainings.people.views import parties, records, subcontractors, trainees, trainers

app_name = "people"
urlpatterns = [
    path("stagiaires/", trainees.trainees, name="trainees"),
    path("stagiaires/nouveau/", trainees.create_trainee, name="create_trainee"),
    path("stagiaires/<uuid:pk>/", trainees.trainee, name="trainee"),
    path("stagiaires/<uuid:pk>/modifier/", trainees.edit_trainee, name="edit_trainee"),
    path("entreprises/", parties.companies, name="companies"),
    path("entreprises/nouvelle/", parties.create_company, name="create_company"),
    path("entreprises/<uuid:pk>/modifier/", parties.edit_company, name="edit_company"),
    path("financeurs/", parties.funders, name="funders"),
    path("financeurs/nouveau/", parties.create_funder, name="create_funder"),
    path("financeurs/<uuid:pk>/modifier/", parties.edit_funder, name="edit_funder"),
    path("formateurs/", trainers.trainers, name="trainers"),
    path("formateurs/nouveau/", trainers.edit_trainer, name="create_trainer"),
    path("formateurs/a-verifier/", records.to_check, name="to_check"),
    path("formateurs/<uuid:pk>/", trainers.trainer, name="trainer"),
    path("formateurs/<uuid:pk>/modifier/", trainers.edit_trainer, name="edit_trainer"),
    path("formateurs/<uuid:pk>/lien/", trainers.link, name="trainer_link"),
    path("formateurs/<uuid:pk>/sous-traitant/", trainers.become_subcontractor, name="become_subcontractor"),
    path("formateurs/<uuid:pk>/dossier/ajouter/", records.add, name="add_record"),
    path("formateurs/dossier/<uuid:pk>/couvre/", records.say, name="record_covers"),
    path("formateurs/dossier/<uuid:pk>/retirer/", records.withdraw, name="withdraw_record"),
    path("formateurs/dossier/<uuid:pk>/verifier/", records.check, name="check_record"),
    path("formateurs/dossier/<uuid:pk>/fichier/", records.download, name="download_record"),
    path("formateurs/dossier/<uuid:pk>/apercu/", records.preview, name="preview_record"),
    path("sous-traitants/", subcontractors.subcontractors, name="subcontractors"),
    path("sous-traitants/nouveau/", subcontractors.edit, name="create_subcontractor"),
    path("sous-traitants/<uuid:pk>/", subcontractors.subcontractor, name="subcontractor"),
    path("sous-traitants/<uuid:pk>/modifier/", subcontractors.edit, name="edit_subcontractor"),
    path("sous-traitants/<uuid:pk>/contrat/", subcontractors.add_contract, name="create_subcontract"),
    path("sous-traitants/<uuid:pk>/revue/", subcontractors.review, name="review_subcontractor"),
    path("sous-traitants/contrats/<uuid:pk>/", subcontractors.edit_contract, name="edit_subcontract"),
    path("sous-traitants/contrats/<uuid:pk>/fichier/", records.contract_file, name="subcontract_file"),
]
