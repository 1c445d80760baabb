import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import qualiopi.create_models
import qualiopi.folding
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("qualiopi", "0001_initial"),
    ]

    operations = [
        qualiopi.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Company",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("name", models.CharField(max_length=200, verbose_name="nom")),
                        ("name_key", qualiopi.folding.FoldedKey("name", max_length=200, verbose_name="nom comparé")),
                        ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                        ("address", models.CharField(blank=True, max_length=250, verbose_name="adresse postale")),
                        ("representative", models.CharField(blank=True, max_length=150, verbose_name="représentée par")),
                        (
                            "found_by",
                            qualiopi.folding.FoldedText(
                                "name", "siret", "email", "address", "representative", verbose_name="texte cherché"
                            ),
                        ),
                        (
                            "import_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="qualiopi.importrun",
                                verbose_name="import d’origine",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entreprise",
                        "verbose_name_plural": "entreprises",
                        "ordering": ["name", "id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "name_key"),
                                name="company_name_once",
                                violation_error_message="Une entreprise porte déjà ce nom : ouvrez sa fiche, ou précisez l’établissement.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Counter",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("agreement", "convention de formation"),
                                    ("individual_contract", "contrat de formation d’un particulier"),
                                    ("programme", "programme"),
                                    ("convocation", "convocation"),
                                    ("welcome_booklet", "livret d’accueil"),
                                    ("internal_rules", "règlement intérieur"),
                                    ("attendance_sheet", "feuille d’émargement"),
                                    ("completion_certificate", "certificat de réalisation"),
                                    ("end_attestation", "attestation de fin de formation"),
                                    ("subcontract", "contrat de sous-traitance"),
                                ],
                                max_length=25,
                                verbose_name="document",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("last", models.PositiveIntegerField(default=0, verbose_name="dernier numéro")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "compteur",
                        "verbose_name_plural": "compteurs",
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "kind", "year"), name="counter_once_per_year")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Course",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("title", models.CharField(max_length=250, verbose_name="intitulé")),
                        ("title_key", qualiopi.folding.FoldedKey("title", max_length=250, verbose_name="intitulé comparé")),
                        (
                            "found_by",
                            qualiopi.folding.FoldedText(
                                "title", "code", "certification_code", "certification_title", verbose_name="texte cherché"
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=60, verbose_name="code interne")),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("AF", "actions de formation"),
                                    ("BC", "bilans de compétences"),
                                    ("VAE", "validation des acquis de l’expérience"),
                                    ("CFA", "apprentissage"),
                                ],
                                max_length=3,
                                verbose_name="catégorie d’action",
                            ),
                        ),
                        (
                            "certifying",
                            models.BooleanField(blank=True, null=True, verbose_name="prépare à une certification enregistrée"),
                        ),
                        ("certification_code", models.CharField(blank=True, max_length=20, verbose_name="code RNCP ou RS")),
                        (
                            "certification_title",
                            models.CharField(blank=True, max_length=250, verbose_name="intitulé exact de la certification"),
                        ),
                        (
                            "certification_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("6-8", "niveaux 6 à 8"),
                                    ("5", "niveau 5"),
                                    ("4", "niveau 4"),
                                    ("3", "niveau 3"),
                                    ("2", "niveau 2"),
                                    ("cqp", "certificat de qualification professionnelle sans niveau"),
                                    ("rs", "répertoire spécifique"),
                                ],
                                max_length=12,
                                verbose_name="niveau de la certification",
                            ),
                        ),
                        ("certifier", models.CharField(blank=True, max_length=200, verbose_name="certificateur")),
                        ("registered_on", models.DateField(blank=True, null=True, verbose_name="certification enregistrée le")),
                        (
                            "registered_until",
                            models.DateField(blank=True, null=True, verbose_name="enregistrement valable jusqu’au"),
                        ),
                        (
                            "speciality",
                            models.CharField(blank=True, max_length=4, verbose_name="spécialité de formation (code NSF)"),
                        ),
                        (
                            "required_qualification",
                            models.CharField(blank=True, max_length=150, verbose_name="qualification exigée pour l’animer"),
                        ),
                        (
                            "pedagogical_referent",
                            models.CharField(blank=True, max_length=150, verbose_name="référent pédagogique"),
                        ),
                        (
                            "duration_hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=7, null=True, verbose_name="durée en heures"
                            ),
                        ),
                        ("archived_on", models.DateField(blank=True, null=True, verbose_name="retirée de la vente le")),
                        (
                            "import_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="qualiopi.importrun",
                                verbose_name="import d’origine",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "formation",
                        "verbose_name_plural": "formations",
                        "ordering": ["title", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "title_key"),
                                name="course_title_once",
                                violation_error_message="Une formation porte déjà cet intitulé.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("duration_hours__isnull", True), ("duration_hours__gt", 0), _connector="OR"),
                                name="course_duration_positive",
                                violation_error_message="La durée d’une formation se compte en heures, au-dessus de zéro.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("registered_on__isnull", True),
                                    ("registered_until__isnull", True),
                                    ("registered_until__gte", models.F("registered_on")),
                                    _connector="OR",
                                ),
                                name="course_registration_dates",
                                violation_error_message="La fin d’un enregistrement ne précède pas sa date.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Accreditation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("accredited", "habilitation ou convention du certificateur"),
                                    ("own", "l’organisme est le certificateur"),
                                    ("not_required", "aucune habilitation exigée, source à l’appui"),
                                ],
                                default="accredited",
                                max_length=15,
                                verbose_name="nature",
                            ),
                        ),
                        ("reference", models.CharField(max_length=250, verbose_name="référence ou source")),
                        ("valid_from", models.DateField(verbose_name="valable depuis le")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valable jusqu’au")),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accreditations",
                                to="trainings.course",
                                verbose_name="formation",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accreditation",
                                to="qualiopi.storedfile",
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "habilitation",
                        "verbose_name_plural": "habilitations",
                        "ordering": ["-valid_from", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="accreditation_dates_in_order",
                                violation_error_message="La fin de validité d’une habilitation ne précède pas son début.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FactMark",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("session", models.UUIDField(null=True, verbose_name="session")),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session à relire",
                        "verbose_name_plural": "sessions à relire",
                    },
                ),
                migrations.CreateModel(
                    name="FactRevision",
                    fields=[
                        ("number", models.PositiveBigIntegerField(verbose_name="changements relus")),
                        ("shared", models.PositiveBigIntegerField(default=0, verbose_name="changements relus hors sessions")),
                        (
                            "organisation",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "révision des faits",
                        "verbose_name_plural": "révisions des faits",
                    },
                ),
                migrations.CreateModel(
                    name="FormerLink",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("token_hash", models.CharField(max_length=64, unique=True, verbose_name="empreinte du lien")),
                        ("leads_to", models.UUIDField(verbose_name="mène au lien")),
                        ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="numéro du lien")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lien d’avant une fusion",
                        "verbose_name_plural": "liens d’avant une fusion",
                    },
                ),
                migrations.CreateModel(
                    name="Funder",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("name", models.CharField(max_length=200, verbose_name="nom")),
                        ("name_key", qualiopi.folding.FoldedKey("name", max_length=200, verbose_name="nom comparé")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("opco", "opérateur de compétences (OPCO)"),
                                    ("cpf", "compte personnel de formation (CPF)"),
                                    ("france_travail", "France Travail"),
                                    ("region", "région"),
                                    ("state", "État ou Europe"),
                                    ("faf", "fonds d’assurance formation des indépendants"),
                                    ("other", "autre"),
                                ],
                                default="other",
                                max_length=20,
                                verbose_name="nature",
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                        ("found_by", qualiopi.folding.FoldedText("name", "email", verbose_name="texte cherché")),
                        (
                            "import_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="qualiopi.importrun",
                                verbose_name="import d’origine",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "financeur",
                        "verbose_name_plural": "financeurs",
                        "ordering": ["name", "id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "name_key"),
                                name="funder_name_once",
                                violation_error_message="Un financeur porte déjà ce nom : ouvrez sa fiche, ou précisez lequel c’est.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptFacts",
                    fields=[
                        ("session", models.UUIDField(primary_key=True, serialize=False, verbose_name="session")),
                        ("made_with", models.CharField(max_length=80, verbose_name="lu avec")),
                        ("until_from", models.DateField(verbose_name="clos à partir du")),
                        ("until_to", models.DateField(verbose_name="clos jusqu’au")),
                        ("today_from", models.DateField(verbose_name="lu à partir du")),
                        ("today_to", models.DateField(verbose_name="lu jusqu’au")),
                        ("facts", models.TextField(blank=True, verbose_name="faits")),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "faits gardés d’une session",
                        "verbose_name_plural": "faits gardés des sessions",
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="numéro de version"
                            ),
                        ),
                        ("in_force_from", models.DateField(blank=True, null=True, verbose_name="en vigueur depuis le")),
                        ("change_note", models.CharField(blank=True, max_length=250, verbose_name="ce qui change")),
                        (
                            "duration_hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=7, null=True, verbose_name="durée en heures"
                            ),
                        ),
                        ("modality", models.CharField(blank=True, max_length=250, verbose_name="modalité")),
                        ("contents", models.TextField(blank=True, verbose_name="contenu")),
                        ("methods", models.TextField(blank=True, verbose_name="méthodes et moyens pédagogiques")),
                        (
                            "remote_work",
                            models.TextField(blank=True, verbose_name="travaux demandés à distance et leur durée moyenne"),
                        ),
                        ("work_based", models.TextField(blank=True, verbose_name="phases en situation de travail")),
                        (
                            "adopted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="adoptée par",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programmes",
                                to="trainings.course",
                                verbose_name="formation",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version du programme",
                        "verbose_name_plural": "versions du programme",
                        "ordering": ["course", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("course", "number"), name="programme_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("in_force_from__isnull", True)),
                                fields=("course",),
                                name="programme_one_draft",
                                violation_error_message="Une version de ce programme est déjà en préparation : terminez-la d’abord.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("duration_hours__isnull", True), ("duration_hours__gt", 0), _connector="OR"),
                                name="programme_duration_positive",
                                violation_error_message="La durée d’un programme se compte en heures, au-dessus de zéro.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Objective",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("text", models.CharField(max_length=300, verbose_name="objectif")),
                        ("evaluation", models.CharField(blank=True, max_length=200, verbose_name="évalué par")),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="objectives",
                                to="trainings.programme",
                                verbose_name="programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "objectif",
                        "verbose_name_plural": "objectifs",
                        "ordering": ["programme", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("programme", "position"), name="objective_position_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicSheet",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("audience", models.TextField(blank=True, verbose_name="public visé")),
                        ("prerequisites", models.TextField(blank=True, verbose_name="prérequis")),
                        ("objectives", models.TextField(blank=True, verbose_name="objectifs")),
                        ("duration", models.CharField(blank=True, max_length=200, verbose_name="durée")),
                        ("access_time", models.CharField(blank=True, max_length=200, verbose_name="délai d’accès")),
                        ("access_terms", models.TextField(blank=True, verbose_name="modalités d’accès")),
                        ("price", models.CharField(blank=True, max_length=200, verbose_name="tarif")),
                        ("funding", models.TextField(blank=True, verbose_name="modalités de financement")),
                        ("contact", models.CharField(blank=True, max_length=200, verbose_name="contact")),
                        ("methods", models.TextField(blank=True, verbose_name="méthodes mobilisées")),
                        ("teaching_arrangements", models.TextField(blank=True, verbose_name="modalités pédagogiques")),
                        ("assessment", models.TextField(blank=True, verbose_name="modalités d’évaluation")),
                        (
                            "disability_access",
                            models.TextField(blank=True, verbose_name="accessibilité aux personnes en situation de handicap"),
                        ),
                        (
                            "recognition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("certification", "une certification enregistrée"),
                                    ("block", "un ou plusieurs blocs d’une certification"),
                                    ("attestation", "une attestation de fin de formation"),
                                    ("none", "aucune reconnaissance particulière"),
                                ],
                                max_length=15,
                                verbose_name="type de reconnaissance",
                            ),
                        ),
                        (
                            "eligibility",
                            models.TextField(blank=True, verbose_name="examen de la recevabilité et de la faisabilité"),
                        ),
                        ("blocks", models.TextField(blank=True, verbose_name="blocs validables séparément")),
                        ("equivalences", models.TextField(blank=True, verbose_name="équivalences")),
                        ("gateways", models.TextField(blank=True, verbose_name="passerelles")),
                        ("next_steps", models.TextField(blank=True, verbose_name="suites de parcours")),
                        ("further_studies", models.TextField(blank=True, verbose_name="poursuites d’études")),
                        ("outlets", models.TextField(blank=True, verbose_name="débouchés et taux d’insertion")),
                        ("found_at", models.CharField(blank=True, max_length=250, verbose_name="où cette information se trouve")),
                        ("proofread_on", models.DateField(blank=True, null=True, verbose_name="relue le")),
                        (
                            "said_alike",
                            models.BooleanField(blank=True, null=True, verbose_name="tous les supports disent la même chose"),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="page publique ouverte le")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="modifiée le")),
                        (
                            "course",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sheet",
                                to="trainings.course",
                                verbose_name="formation",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "proofread_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="relue par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fiche publique",
                        "verbose_name_plural": "fiches publiques",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("proofread_by__isnull", True), ("proofread_on__isnull", True)),
                                    models.Q(("proofread_by__isnull", False), ("proofread_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="sheet_proofread_by_somebody",
                                violation_error_message="Une relecture a une date et une personne.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedRates",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("from_day", models.DateField(verbose_name="du")),
                        ("to_day", models.DateField(verbose_name="au")),
                        ("enrolled", models.PositiveIntegerField(verbose_name="inscrits")),
                        ("presented", models.PositiveIntegerField(verbose_name="présentés")),
                        ("passed", models.PositiveIntegerField(verbose_name="reçus")),
                        ("published_on", models.DateField(verbose_name="publiés le")),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="published_rates",
                                to="trainings.course",
                                verbose_name="formation",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="publiés par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "taux publiés",
                        "verbose_name_plural": "taux publiés",
                        "ordering": ["-published_on", "-created_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("to_day__gte", models.F("from_day"))),
                                name="published_rates_period",
                                violation_error_message="La période finit après avoir commencé.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("passed__lte", models.F("presented")), ("presented__lte", models.F("enrolled"))
                                ),
                                name="published_rates_add_up",
                                violation_error_message="Il n’y a pas plus de reçus que de présentés, ni de présentés que d’inscrits.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Skill",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("text", models.CharField(max_length=300, verbose_name="compétence ou bloc")),
                        ("test", models.CharField(blank=True, max_length=200, verbose_name="épreuve")),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="skills",
                                to="trainings.programme",
                                verbose_name="programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "compétence de la certification",
                        "verbose_name_plural": "compétences de la certification",
                        "ordering": ["programme", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="Sequence",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                        ("title", models.CharField(max_length=250, verbose_name="séquence")),
                        (
                            "hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="durée en heures"
                            ),
                        ),
                        ("modality", models.CharField(blank=True, max_length=100, verbose_name="modalité")),
                        (
                            "objectives",
                            models.ManyToManyField(
                                blank=True,
                                related_name="sequences",
                                to="trainings.objective",
                                verbose_name="objectifs travaillés",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sequences",
                                to="trainings.programme",
                                verbose_name="programme",
                            ),
                        ),
                        (
                            "skills",
                            models.ManyToManyField(
                                blank=True, related_name="sequences", to="trainings.skill", verbose_name="compétences couvertes"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "séquence",
                        "verbose_name_plural": "séquences",
                        "ordering": ["programme", "position"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("hours__isnull", True), ("hours__gt", 0), _connector="OR"),
                                name="sequence_hours_positive",
                                violation_error_message="La durée d’une séquence se compte en heures, au-dessus de zéro.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Style",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "colour",
                            models.CharField(
                                default="#6a2c5e",
                                max_length=7,
                                validators=[
                                    django.core.validators.RegexValidator("^#[0-9a-f]{6}$", "Écrivez une couleur comme #6a2c5e.")
                                ],
                                verbose_name="couleur",
                            ),
                        ),
                        ("signatory", models.CharField(blank=True, max_length=150, verbose_name="signataire")),
                        ("signatory_title", models.CharField(blank=True, max_length=150, verbose_name="qualité du signataire")),
                        (
                            "logo",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="style",
                                to="qualiopi.storedfile",
                                verbose_name="logo",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "charte des documents",
                        "verbose_name_plural": "chartes des documents",
                        "constraints": [models.UniqueConstraint(fields=("organisation",), name="style_once_per_organisation")],
                    },
                ),
                migrations.CreateModel(
                    name="Subcontractor",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("name", models.CharField(max_length=200, verbose_name="nom")),
                        ("name_key", qualiopi.folding.FoldedKey("name", max_length=200, verbose_name="nom comparé")),
                        ("siren", models.CharField(blank=True, max_length=9, verbose_name="SIREN")),
                        (
                            "activity_number",
                            models.CharField(blank=True, max_length=20, verbose_name="numéro de déclaration d’activité"),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                        ("address", models.CharField(blank=True, max_length=250, verbose_name="adresse postale")),
                        ("representative", models.CharField(blank=True, max_length=150, verbose_name="représenté par")),
                        (
                            "certificate_number",
                            models.CharField(blank=True, max_length=60, verbose_name="numéro du certificat Qualiopi"),
                        ),
                        ("certified_from", models.DateField(blank=True, null=True, verbose_name="certifié depuis le")),
                        ("certified_until", models.DateField(blank=True, null=True, verbose_name="certifié jusqu’au")),
                        (
                            "exemption",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("micro", "personne physique au régime micro-social, sous le plafond"),
                                    ("part_of_action", "ne réalise qu’une partie de l’action, sans bloc complet"),
                                ],
                                max_length=25,
                                verbose_name="dispense de certificat",
                            ),
                        ),
                        (
                            "exemption_source",
                            models.CharField(blank=True, max_length=250, verbose_name="justificatif de la dispense"),
                        ),
                        (
                            "found_by",
                            qualiopi.folding.FoldedText(
                                "name",
                                "siren",
                                "activity_number",
                                "email",
                                "address",
                                "representative",
                                verbose_name="texte cherché",
                            ),
                        ),
                        (
                            "import_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="qualiopi.importrun",
                                verbose_name="import d’origine",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sous-traitant",
                        "verbose_name_plural": "sous-traitants",
                        "ordering": ["name", "id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "name_key"), name="subcontractor_name_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("certified_from__isnull", True),
                                    ("certified_until__isnull", True),
                                    ("certified_until__gte", models.F("certified_from")),
                                    _connector="OR",
                                ),
                                name="subcontractor_certificate_dates",
                                violation_error_message="La fin d’un certificat ne précède pas son début.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("exemption", ""), models.Q(("exemption_source", ""), _negated=True), _connector="OR"
                                ),
                                name="subcontractor_exemption_has_source",
                                violation_error_message="Une dispense de certificat se justifie : dites par quoi.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Subcontract",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("reference", models.CharField(max_length=60, verbose_name="référence")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé le")),
                        ("valid_from", models.DateField(verbose_name="prend effet le")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="prend fin le")),
                        ("missions", models.JSONField(blank=True, default=list, verbose_name="missions confiées")),
                        ("content", models.TextField(blank=True, verbose_name="contenu et résultat attendu")),
                        ("means", models.TextField(blank=True, verbose_name="moyens")),
                        ("follow_up", models.TextField(blank=True, verbose_name="déroulement et suivi")),
                        ("price", models.CharField(blank=True, max_length=200, verbose_name="prix")),
                        (
                            "compliance_clause",
                            models.BooleanField(default=False, verbose_name="clause de respect du référentiel"),
                        ),
                        ("right_to_check", models.BooleanField(default=False, verbose_name="droit de contrôle accepté")),
                        ("no_cascade", models.BooleanField(default=False, verbose_name="aucune sous-traitance en cascade")),
                        ("cpf", models.BooleanField(default=False, verbose_name="porte sur des actions payées par le CPF")),
                        (
                            "declared_on",
                            models.DateField(blank=True, null=True, verbose_name="déclaré à la Caisse des Dépôts le"),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subcontract",
                                to="qualiopi.storedfile",
                                verbose_name="contrat signé",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "subcontractor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="trainings.subcontractor",
                                verbose_name="sous-traitant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contrat de sous-traitance",
                        "verbose_name_plural": "contrats de sous-traitance",
                        "ordering": ["-valid_from", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "reference"),
                                name="subcontract_reference_once",
                                violation_error_message="Un contrat porte déjà cette référence.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="subcontract_dates_in_order",
                                violation_error_message="La fin d’un contrat ne précède pas son début.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("reference", models.CharField(max_length=60, verbose_name="référence")),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="premier jour")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="dernier jour")),
                        (
                            "duration_hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=7, null=True, verbose_name="durée en heures"
                            ),
                        ),
                        (
                            "modality",
                            models.CharField(
                                blank=True,
                                choices=[("on_site", "présentiel"), ("remote", "à distance"), ("mixed", "mixte")],
                                max_length=10,
                                verbose_name="modalité",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("inter", "inter-entreprises"),
                                    ("intra", "intra-entreprise"),
                                    ("individual", "individuelle"),
                                    ("subcontracted", "pour un autre organisme de formation"),
                                ],
                                max_length=15,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "brouillon"),
                                    ("planned", "prévue"),
                                    ("confirmed", "confirmée"),
                                    ("running", "en cours"),
                                    ("done", "terminée"),
                                    ("closed", "close"),
                                    ("cancelled", "annulée"),
                                    ("postponed", "reportée"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=250, verbose_name="lieu")),
                        ("platform", models.CharField(blank=True, max_length=250, verbose_name="outil ou lien à distance")),
                        ("work_study", models.BooleanField(blank=True, null=True, verbose_name="en alternance")),
                        (
                            "workplace_periods",
                            models.BooleanField(blank=True, null=True, verbose_name="comprend des périodes en entreprise"),
                        ),
                        ("run_for", models.CharField(blank=True, max_length=200, verbose_name="réalisée pour l’organisme")),
                        ("missions", models.JSONField(blank=True, null=True, verbose_name="missions confiées par le contrat")),
                        (
                            "contract_reference",
                            models.CharField(blank=True, max_length=100, verbose_name="contrat avec cet organisme"),
                        ),
                        ("contract_signed_on", models.DateField(blank=True, null=True, verbose_name="contrat signé le")),
                        (
                            "expected_trainees",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="stagiaires annoncés"),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="prix hors taxes"
                            ),
                        ),
                        ("found_by", qualiopi.folding.FoldedText("reference", "place", "run_for", verbose_name="texte cherché")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="modifiée le")),
                        (
                            "contract_file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="client_contract",
                                to="qualiopi.storedfile",
                                verbose_name="contrat",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="trainings.course",
                                verbose_name="formation",
                            ),
                        ),
                        (
                            "given_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="trainings.subcontractor",
                                verbose_name="confiée au sous-traitant",
                            ),
                        ),
                        (
                            "import_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="qualiopi.importrun",
                                verbose_name="import d’origine",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="trainings.programme",
                                verbose_name="programme suivi",
                            ),
                        ),
                        (
                            "subcontract",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="trainings.subcontract",
                                verbose_name="contrat de sous-traitance",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "ordering": ["-starts_on", "reference", "id"],
                        "indexes": [models.Index(fields=["organisation", "starts_on"], name="session_by_start")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "reference"),
                                name="session_reference_once",
                                violation_error_message="Une session porte déjà cette référence.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on__isnull", True),
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="session_dates_in_order",
                                violation_error_message="Le dernier jour d’une session ne précède pas le premier.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("duration_hours__isnull", True), ("duration_hours__gt", 0), _connector="OR"),
                                name="session_duration_positive",
                                violation_error_message="La durée d’une session se compte en heures, au-dessus de zéro.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("run_for", ""), ("given_to__isnull", True), _connector="OR"),
                                name="session_run_for_or_given",
                                violation_error_message="Une session réalisée pour un autre organisme n’est pas sous-traitée à son tour.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("subcontract__isnull", True), ("given_to__isnull", False), _connector="OR"),
                                name="session_subcontract_given",
                                violation_error_message="Un contrat de sous-traitance suppose un sous-traitant.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        ("held_by", models.UUIDField(blank=True, editable=False, null=True, verbose_name="tenu par")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="fois commencé")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("agreement", "convention de formation"),
                                    ("individual_contract", "contrat de formation d’un particulier"),
                                    ("programme", "programme"),
                                    ("convocation", "convocation"),
                                    ("welcome_booklet", "livret d’accueil"),
                                    ("internal_rules", "règlement intérieur"),
                                    ("attendance_sheet", "feuille d’émargement"),
                                    ("completion_certificate", "certificat de réalisation"),
                                    ("end_attestation", "attestation de fin de formation"),
                                    ("subcontract", "contrat de sous-traitance"),
                                ],
                                max_length=25,
                                verbose_name="document",
                            ),
                        ),
                        ("send", models.BooleanField(default=False, verbose_name="envoyer aussi")),
                        ("total", models.PositiveIntegerField(default=0, verbose_name="à faire")),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="faits")),
                        ("refused", models.JSONField(blank=True, default=list, verbose_name="refusés")),
                        ("leaving_at", models.DateTimeField(blank=True, null=True, verbose_name="envoi commencé le")),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="demandé par",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batches",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "série de documents",
                        "verbose_name_plural": "séries de documents",
                        "ordering": ["-created_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("questionnaire", models.CharField(max_length=60, verbose_name="questionnaire")),
                        (
                            "questionnaire_version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="version du questionnaire"),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("trainee", "stagiaires"),
                                    ("company", "entreprises"),
                                    ("funder", "financeurs"),
                                    ("trainer", "équipe pédagogique"),
                                ],
                                default="trainee",
                                max_length=10,
                                verbose_name="interlocuteurs",
                            ),
                        ),
                        ("opened_on", models.DateField(verbose_name="ouverte le")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="close le")),
                        ("link_number", models.PositiveIntegerField(default=1, verbose_name="numéro du lien")),
                        ("link_hash", models.CharField(max_length=64, unique=True, verbose_name="empreinte du lien de session")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ouverte par",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "campagne d’enquête",
                        "verbose_name_plural": "campagnes d’enquête",
                        "ordering": ["-opened_on", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "questionnaire"), name="campaign_once_per_session"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                                ),
                                name="campaign_dates_in_order",
                                violation_error_message="Une enquête ne se clôt pas avant de s’ouvrir.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Chain",
                    fields=[
                        ("length", models.PositiveIntegerField(default=0, verbose_name="nombre de lignes")),
                        ("fingerprint", models.CharField(blank=True, max_length=64, verbose_name="dernière empreinte")),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="chain",
                                serialize=False,
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "chaîne d’émargement",
                        "verbose_name_plural": "chaînes d’émargement",
                    },
                ),
                migrations.CreateModel(
                    name="Evaluation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("title", models.CharField(max_length=200, verbose_name="évaluation")),
                        (
                            "moment",
                            models.CharField(
                                choices=[("entry", "à l’entrée"), ("during", "en cours"), ("exit", "à la sortie")],
                                default="exit",
                                max_length=10,
                                verbose_name="moment",
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="faite le")),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluation",
                                to="qualiopi.storedfile",
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluations",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "évaluation",
                        "verbose_name_plural": "évaluations",
                        "ordering": ["held_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Reservation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("agreement", "convention de formation"),
                                    ("individual_contract", "contrat de formation d’un particulier"),
                                    ("programme", "programme"),
                                    ("convocation", "convocation"),
                                    ("welcome_booklet", "livret d’accueil"),
                                    ("internal_rules", "règlement intérieur"),
                                    ("attendance_sheet", "feuille d’émargement"),
                                    ("completion_certificate", "certificat de réalisation"),
                                    ("end_attestation", "attestation de fin de formation"),
                                    ("subcontract", "contrat de sous-traitance"),
                                ],
                                max_length=25,
                                verbose_name="document",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("number", models.CharField(max_length=40, verbose_name="numéro")),
                        ("target", models.UUIDField(verbose_name="pour")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "numéro réservé",
                        "verbose_name_plural": "numéros réservés",
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "number"), name="reservation_number_once"),
                            models.UniqueConstraint(
                                fields=("session", "kind", "year", "target"), name="reservation_once_per_target"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Response",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="reçue le")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("personal_link", "lien personnel"),
                                    ("session_link", "lien ou QR code de la session"),
                                    ("paper", "saisie d’un papier"),
                                    ("import", "import"),
                                ],
                                max_length=15,
                                verbose_name="voie",
                            ),
                        ),
                        ("language", models.CharField(default="fr", max_length=2, verbose_name="langue")),
                        (
                            "overall",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=3, null=True, verbose_name="note générale"
                            ),
                        ),
                        (
                            "recommendation",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="recommandation de 0 à 10"),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="commentaire")),
                        (
                            "import_key",
                            models.CharField(blank=True, max_length=64, verbose_name="empreinte de la ligne importée"),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responses",
                                to="trainings.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                        (
                            "import_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="qualiopi.importrun",
                                verbose_name="import d’origine",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "réponse",
                        "verbose_name_plural": "réponses",
                        "ordering": ["answered_on", "id"],
                        "indexes": [models.Index(fields=["campaign", "answered_on"], name="response_by_campaign")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("import_key", ""), _negated=True),
                                fields=("campaign", "import_key"),
                                name="response_import_key_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("overall__isnull", True), models.Q(("overall__gte", 1), ("overall__lte", 5)), _connector="OR"
                                ),
                                name="response_overall_scale",
                                violation_error_message="La note générale va de 1 à 5.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("recommendation__isnull", True), ("recommendation__lte", 10), _connector="OR"
                                ),
                                name="response_recommendation_scale",
                                violation_error_message="La recommandation va de 0 à 10.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("question", models.CharField(max_length=60, verbose_name="question")),
                        (
                            "number",
                            models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="note"),
                        ),
                        ("choice", models.CharField(blank=True, max_length=60, verbose_name="choix")),
                        ("text", models.TextField(blank=True, verbose_name="texte")),
                        (
                            "response",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="trainings.response",
                                verbose_name="réponse",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "réponse à une question",
                        "verbose_name_plural": "réponses aux questions",
                        "ordering": ["question", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("response", "question"), name="answer_once_per_question")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionChange",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "from_state",
                            models.CharField(
                                choices=[
                                    ("draft", "brouillon"),
                                    ("planned", "prévue"),
                                    ("confirmed", "confirmée"),
                                    ("running", "en cours"),
                                    ("done", "terminée"),
                                    ("closed", "close"),
                                    ("cancelled", "annulée"),
                                    ("postponed", "reportée"),
                                ],
                                max_length=10,
                                verbose_name="de l’état",
                            ),
                        ),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("draft", "brouillon"),
                                    ("planned", "prévue"),
                                    ("confirmed", "confirmée"),
                                    ("running", "en cours"),
                                    ("done", "terminée"),
                                    ("closed", "close"),
                                    ("cancelled", "annulée"),
                                    ("postponed", "reportée"),
                                ],
                                max_length=10,
                                verbose_name="à l’état",
                            ),
                        ),
                        ("from_starts_on", models.DateField(blank=True, null=True, verbose_name="commençait le")),
                        ("from_ends_on", models.DateField(blank=True, null=True, verbose_name="finissait le")),
                        ("to_starts_on", models.DateField(blank=True, null=True, verbose_name="commence le")),
                        ("to_ends_on", models.DateField(blank=True, null=True, verbose_name="finit le")),
                        ("reason", models.CharField(blank=True, max_length=250, verbose_name="motif")),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="fait par",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "changement d’une session",
                        "verbose_name_plural": "changements d’une session",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("to_state__in", ["cancelled", "postponed"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="session_change_has_reason",
                                violation_error_message="Une annulation ou un report garde son motif : dites lequel.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionNeed",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("recorded_on", models.DateField(verbose_name="recueilli le")),
                        ("need", models.TextField(verbose_name="besoin exprimé")),
                        ("conclusion", models.TextField(verbose_name="ce que cela change")),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="trainings.company",
                                verbose_name="entreprise",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noté par",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "besoin d’une session",
                        "verbose_name_plural": "besoins d’une session",
                        "ordering": ["recorded_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("need", ""), _negated=True), models.Q(("conclusion", ""), _negated=True)
                                ),
                                name="session_need_concludes",
                                violation_error_message="Un besoin dit ce qui est demandé, et ce que cela change.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubcontractorReview",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("held_on", models.DateField(verbose_name="faite le")),
                        (
                            "identity_checked",
                            models.BooleanField(default=False, verbose_name="numéro d’activité et SIREN vérifiés"),
                        ),
                        (
                            "skills_checked",
                            models.BooleanField(default=False, verbose_name="compétences des intervenants vérifiées"),
                        ),
                        ("results_read", models.BooleanField(default=False, verbose_name="résultats des sessions lus")),
                        ("conclusion", models.TextField(verbose_name="conclusion")),
                        ("goes_on", models.BooleanField(default=True, verbose_name="la collaboration continue")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="faite par",
                            ),
                        ),
                        (
                            "subcontractor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="trainings.subcontractor",
                                verbose_name="sous-traitant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "revue d’un sous-traitant",
                        "verbose_name_plural": "revues de sous-traitants",
                        "ordering": ["-held_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("conclusion", ""), _negated=True),
                                name="subcontractor_review_concludes",
                                violation_error_message="Une revue se termine par une conclusion.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Template",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("agreement", "convention de formation"),
                                    ("individual_contract", "contrat de formation d’un particulier"),
                                    ("programme", "programme"),
                                    ("convocation", "convocation"),
                                    ("welcome_booklet", "livret d’accueil"),
                                    ("internal_rules", "règlement intérieur"),
                                    ("attendance_sheet", "feuille d’émargement"),
                                    ("completion_certificate", "certificat de réalisation"),
                                    ("end_attestation", "attestation de fin de formation"),
                                    ("subcontract", "contrat de sous-traitance"),
                                ],
                                max_length=25,
                                verbose_name="document",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("body", models.TextField(verbose_name="texte")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="écrite par",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "modèle de document",
                        "verbose_name_plural": "modèles de documents",
                        "ordering": ["kind", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "kind", "number"), name="template_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Trainee",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "civility",
                            models.CharField(
                                blank=True, choices=[("mme", "Mme"), ("m", "M.")], max_length=10, verbose_name="civilité"
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=100, verbose_name="prénom")),
                        ("last_name", models.CharField(max_length=100, verbose_name="nom")),
                        ("birth_name", models.CharField(blank=True, max_length=100, verbose_name="nom de naissance")),
                        (
                            "name_key",
                            qualiopi.folding.FoldedKey(
                                "first_name", "last_name", by_word=True, max_length=220, verbose_name="nom comparé"
                            ),
                        ),
                        (
                            "found_by",
                            qualiopi.folding.FoldedText(
                                "first_name", "last_name", "birth_name", "email", "phone", verbose_name="texte cherché"
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                        ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                        ("birth_date", models.DateField(blank=True, null=True, verbose_name="date de naissance")),
                        ("postcode", models.CharField(blank=True, max_length=12, verbose_name="code postal")),
                        (
                            "import_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="qualiopi.importrun",
                                verbose_name="import d’origine",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stagiaire",
                        "verbose_name_plural": "stagiaires",
                        "ordering": ["last_name", "first_name", "id"],
                        "indexes": [
                            models.Index(fields=["organisation", "name_key"], name="trainee_by_name"),
                            models.Index(fields=["organisation", "email"], name="trainee_by_email"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("has_company", models.BooleanField(blank=True, null=True, verbose_name="une entreprise est concernée")),
                        ("has_funder", models.BooleanField(blank=True, null=True, verbose_name="un financeur paie")),
                        (
                            "trainee_type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("employee", "salarié d’employeur privé"),
                                    ("apprentice", "apprenti"),
                                    ("jobseeker", "personne en recherche d’emploi"),
                                    ("individual", "particulier à ses propres frais"),
                                    ("other", "autre stagiaire"),
                                ],
                                max_length=12,
                                verbose_name="type de stagiaire",
                            ),
                        ),
                        (
                            "aim",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("rncp", "certification du RNCP"),
                                    ("rs", "certification du répertoire spécifique"),
                                    ("cqp", "CQP non enregistré"),
                                    ("other", "autre formation professionnelle"),
                                    ("skills_assessment", "bilan de compétences"),
                                    ("vae", "validation des acquis de l’expérience"),
                                ],
                                max_length=18,
                                verbose_name="objectif de la formation suivie",
                            ),
                        ),
                        (
                            "price",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="prix hors taxes"
                            ),
                        ),
                        ("joined_on", models.DateField(blank=True, null=True, verbose_name="arrivé le")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("enrolled", "inscription en cours"),
                                    ("withdrawn", "désistement avant le premier jour"),
                                    ("interrupted", "parcours interrompu"),
                                    ("abandoned", "abandon"),
                                ],
                                default="enrolled",
                                max_length=12,
                                verbose_name="état",
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="sorti le")),
                        ("end_reason", models.CharField(blank=True, max_length=250, verbose_name="motif de la sortie")),
                        ("end_action", models.TextField(blank=True, verbose_name="ce qui a été fait")),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="trainings.company",
                                verbose_name="entreprise",
                            ),
                        ),
                        (
                            "import_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="qualiopi.importrun",
                                verbose_name="import d’origine",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "trainee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="trainings.trainee",
                                verbose_name="stagiaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "inscription",
                        "verbose_name_plural": "inscriptions",
                        "ordering": ["trainee__last_name", "trainee__first_name", "id"],
                        "indexes": [
                            models.Index(
                                fields=["organisation", "session", "id", "state", "company", "has_company", "has_funder", "aim"],
                                name="enrolment_counted",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "trainee"),
                                name="enrolment_once_per_session",
                                violation_error_message="Cette personne est déjà inscrite à cette session.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("company__isnull", True),
                                    models.Q(("has_company", True), ("has_company__isnull", False)),
                                    _connector="OR",
                                ),
                                name="enrolment_company_said",
                                violation_error_message="Une entreprise nommée est une entreprise concernée.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("joined_on__isnull", True),
                                    ("ended_on__isnull", True),
                                    ("ended_on__gte", models.F("joined_on")),
                                    _connector="OR",
                                ),
                                name="enrolment_joined_before_leaving",
                                violation_error_message="On ne part pas avant d’être arrivé : vérifiez les deux dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "enrolled"), _negated=True),
                                    models.Q(("end_action", ""), ("end_reason", ""), ("ended_on__isnull", True)),
                                    _connector="OR",
                                ),
                                name="enrolment_ending_has_state",
                                violation_error_message="Une date ou un motif de sortie va avec un désistement, une interruption ou un abandon.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdaptationRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "wish",
                            models.CharField(
                                choices=[("yes", "oui"), ("no", "non"), ("not_said", "ne souhaite pas répondre")],
                                max_length=10,
                                verbose_name="a besoin d’une adaptation",
                            ),
                        ),
                        ("answered_on", models.DateField(verbose_name="répondu le")),
                        ("need", models.TextField(blank=True, verbose_name="ce qui aiderait")),
                        ("decision", models.TextField(blank=True, verbose_name="ce qui a été décidé avec la personne")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="décidé le")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="modifié le")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="décidé par",
                            ),
                        ),
                        (
                            "enrolment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adaptation_request",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "besoin d’adaptation",
                        "verbose_name_plural": "besoins d’adaptation",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("wish", "yes"), ("need", ""), _connector="OR"),
                                name="adaptation_need_only_if_wished",
                                violation_error_message="Un besoin ne se note que si la personne a dit oui.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_on__isnull", True), ("decision", "")),
                                    models.Q(("decided_on__isnull", False), models.Q(("decision", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="adaptation_decision_has_date",
                                violation_error_message="Une décision a un texte et une date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_on__isnull", True), ("decided_on__gte", models.F("answered_on")), _connector="OR"
                                ),
                                name="adaptation_decided_after_answer",
                                violation_error_message="Une décision suit la réponse de la personne : vérifiez la date.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnrolmentLink",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("intake", "dire ses besoins et son niveau"), ("attendance", "signer sa présence")],
                                max_length=10,
                                verbose_name="sert à",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="numéro du lien")),
                        ("token_hash", models.CharField(max_length=64, unique=True, verbose_name="empreinte du lien")),
                        ("expires_on", models.DateField(verbose_name="valable jusqu’au")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
                        ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="relancé le")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lien personnel d’un stagiaire",
                        "verbose_name_plural": "liens personnels des stagiaires",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("enrolment", "purpose"), name="enrolment_link_once_per_purpose")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExamResult",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("informed_on", models.DateField(blank=True, null=True, verbose_name="informé du déroulement le")),
                        ("registered_on", models.DateField(blank=True, null=True, verbose_name="inscrit à l’examen le")),
                        ("exam_on", models.DateField(blank=True, null=True, verbose_name="examen du")),
                        ("sat", models.BooleanField(blank=True, null=True, verbose_name="s’est présenté")),
                        ("passed", models.BooleanField(blank=True, null=True, verbose_name="a obtenu la certification")),
                        (
                            "not_sat_reason",
                            models.CharField(blank=True, max_length=250, verbose_name="ne se présente pas parce que"),
                        ),
                        (
                            "enrolment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exam",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "examen",
                        "verbose_name_plural": "examens",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("passed__isnull", True),
                                    ("passed", False),
                                    models.Q(("sat", True), ("sat__isnull", False)),
                                    _connector="OR",
                                ),
                                name="exam_passed_was_sat",
                                violation_error_message="On n’obtient pas une certification sans s’être présenté.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "subject",
                            models.CharField(
                                choices=[
                                    ("absence", "absence"),
                                    ("interruption", "interruption ou abandon"),
                                    ("remote_gap", "écart de suivi à distance"),
                                ],
                                max_length=15,
                                verbose_name="à propos de",
                            ),
                        ),
                        ("event_on", models.DateField(verbose_name="survenue le")),
                        ("contacted_on", models.DateField(verbose_name="contact pris le")),
                        ("reason", models.CharField(blank=True, max_length=250, verbose_name="motif donné")),
                        ("action", models.TextField(verbose_name="ce qui a été fait")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="notée par",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suivi d’une absence",
                        "verbose_name_plural": "suivis d’absences",
                        "ordering": ["contacted_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("contacted_on__gte", models.F("event_on"))),
                                name="follow_up_after_event",
                                violation_error_message="On ne contacte pas quelqu’un avant son absence.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Funding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="montant hors taxes"
                            ),
                        ),
                        ("file_number", models.CharField(blank=True, max_length=60, verbose_name="numéro de dossier")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fundings",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "funder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fundings",
                                to="trainings.funder",
                                verbose_name="financeur",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "financement",
                        "verbose_name_plural": "financements",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("enrolment", "funder"),
                                name="funding_once_per_funder",
                                violation_error_message="Ce financeur paie déjà cette inscription : complétez sa ligne.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                                name="funding_amount_not_negative",
                                violation_error_message="Un financement ne peut pas être négatif.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Intake",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("needs", "analyse du besoin"), ("positioning", "positionnement")],
                                max_length=12,
                                verbose_name="nature",
                            ),
                        ),
                        ("answers", models.JSONField(blank=True, default=dict, verbose_name="réponses")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("link", "lien personnel"),
                                    ("interview", "entretien"),
                                    ("paper", "questionnaire papier"),
                                ],
                                default="link",
                                max_length=10,
                                verbose_name="voie",
                            ),
                        ),
                        ("answered_on", models.DateField(verbose_name="répondu le")),
                        ("prerequisites_met", models.BooleanField(blank=True, null=True, verbose_name="prérequis vérifiés")),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accept", "accueillir sans rien changer"),
                                    ("adapt", "adapter la formation"),
                                    ("redirect", "orienter autrement"),
                                ],
                                max_length=10,
                                verbose_name="décision",
                            ),
                        ),
                        ("conclusion", models.TextField(blank=True, verbose_name="ce que l’on en tire")),
                        ("concluded_on", models.DateField(blank=True, null=True, verbose_name="conclu le")),
                        (
                            "concluded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="conclu par",
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="intakes",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recueil avant la formation",
                        "verbose_name_plural": "recueils avant la formation",
                        "ordering": ["answered_on", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("enrolment", "kind"), name="intake_once_per_kind"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("concluded_on__isnull", True), ("conclusion", "")),
                                    models.Q(("concluded_on__isnull", False), models.Q(("conclusion", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="intake_conclusion_has_date",
                                violation_error_message="Une conclusion a un texte et une date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("concluded_on__isnull", True),
                                    ("concluded_on__gte", models.F("answered_on")),
                                    _connector="OR",
                                ),
                                name="intake_concluded_after_answer",
                                violation_error_message="On ne conclut pas avant d’avoir la réponse : vérifiez la date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("concluded_on__isnull", True), ("decision", "")),
                                    models.Q(("concluded_on__isnull", False), models.Q(("decision", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="intake_decision_with_conclusion",
                                violation_error_message="Une conclusion dit ce qui est décidé : accueillir, adapter ou orienter autrement.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IntakeDraft",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("answers", models.JSONField(blank=True, default=dict, verbose_name="réponses")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="modifié le")),
                        (
                            "enrolment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="intake_draft",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "brouillon de recueil",
                        "verbose_name_plural": "brouillons de recueil",
                    },
                ),
                migrations.CreateModel(
                    name="Issued",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("agreement", "convention de formation"),
                                    ("individual_contract", "contrat de formation d’un particulier"),
                                    ("programme", "programme"),
                                    ("convocation", "convocation"),
                                    ("welcome_booklet", "livret d’accueil"),
                                    ("internal_rules", "règlement intérieur"),
                                    ("attendance_sheet", "feuille d’émargement"),
                                    ("completion_certificate", "certificat de réalisation"),
                                    ("end_attestation", "attestation de fin de formation"),
                                    ("subcontract", "contrat de sous-traitance"),
                                ],
                                max_length=25,
                                verbose_name="document",
                            ),
                        ),
                        ("number", models.CharField(max_length=40, verbose_name="numéro")),
                        ("template_number", models.PositiveSmallIntegerField(default=0, verbose_name="version du modèle")),
                        ("issued_on", models.DateField(verbose_name="émis le")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé par l’autre partie le")),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulé le")),
                        (
                            "cancellation_reason",
                            models.CharField(blank=True, max_length=250, verbose_name="motif de l’annulation"),
                        ),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="annulé par",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issued",
                                to="trainings.company",
                                verbose_name="entreprise",
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issued",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issued",
                                to="qualiopi.storedfile",
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="émis par",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issued",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "signed_file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signed_copy",
                                to="qualiopi.storedfile",
                                verbose_name="exemplaire signé",
                            ),
                        ),
                        (
                            "subcontractor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issued",
                                to="trainings.subcontractor",
                                verbose_name="sous-traitant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document émis",
                        "verbose_name_plural": "documents émis",
                        "ordering": ["-issued_on", "-created_at", "id"],
                        "indexes": [
                            models.Index(fields=["session", "kind"], name="issued_by_session"),
                            models.Index(
                                fields=[
                                    "organisation",
                                    "kind",
                                    "session",
                                    "company",
                                    "enrolment",
                                    "issued_on",
                                    "signed_on",
                                    "cancelled_at",
                                    "id",
                                ],
                                name="issued_counted",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "number"), name="issued_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("cancelled_at__isnull", True)),
                                fields=("kind", "enrolment"),
                                name="issued_once_per_person",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cancelled_at__isnull", True)),
                                fields=("session", "kind", "company"),
                                name="issued_once_per_company",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cancelled_at__isnull", True)),
                                fields=("session", "kind", "subcontractor"),
                                name="issued_once_per_subcontractor",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("cancelled_at__isnull", True),
                                    ("company__isnull", True),
                                    ("enrolment__isnull", True),
                                    ("subcontractor__isnull", True),
                                ),
                                fields=("session", "kind"),
                                name="issued_once_per_session",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("signed_file__isnull", True), ("signed_on__isnull", False), _connector="OR"),
                                name="issued_signed_copy_has_date",
                                violation_error_message="Un exemplaire signé a la date de sa signature.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("company__isnull", True), ("enrolment__isnull", True)),
                                    models.Q(("enrolment__isnull", True), ("subcontractor__isnull", True)),
                                    models.Q(("company__isnull", True), ("subcontractor__isnull", True)),
                                    _connector="OR",
                                ),
                                name="issued_for_one",
                                violation_error_message="Un document est émis pour une seule personne ou entreprise.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cancellation_reason", ""), ("cancelled_at__isnull", True)),
                                    models.Q(
                                        ("cancelled_at__isnull", False), models.Q(("cancellation_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="issued_cancellation_has_reason",
                                violation_error_message="Un document émis s’annule avec un motif.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pace", "rythme"),
                                    ("content", "contenu ou support"),
                                    ("support", "accompagnement"),
                                    ("equipment", "matériel ou accès"),
                                    ("length", "durée"),
                                    ("partner", "partenaire sollicité"),
                                ],
                                max_length=12,
                                verbose_name="porte sur",
                            ),
                        ),
                        ("text", models.CharField(max_length=250, verbose_name="mesure")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "prévue"),
                                    ("under_way", "en cours"),
                                    ("done", "faite"),
                                    ("given_up", "abandonnée"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("state_on", models.DateField(verbose_name="à cet état depuis le")),
                        ("reason", models.CharField(blank=True, max_length=250, verbose_name="abandonnée parce que")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="trainings.adaptationrequest",
                                verbose_name="besoin d’adaptation",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="notée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "adaptation décidée",
                        "verbose_name_plural": "adaptations décidées",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "given_up"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="measure_given_up_has_reason",
                                violation_error_message="Une adaptation abandonnée dit pourquoi.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ObjectiveResult",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "moment",
                            models.CharField(
                                choices=[("entry", "à l’entrée"), ("during", "en cours"), ("exit", "à la sortie")],
                                max_length=10,
                                verbose_name="moment",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("acquired", "acquis"),
                                    ("in_progress", "en cours d’acquisition"),
                                    ("not_acquired", "non acquis"),
                                ],
                                max_length=15,
                                verbose_name="résultat",
                            ),
                        ),
                        ("dated_on", models.DateField(verbose_name="constaté le")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="trainings.evaluation",
                                verbose_name="évaluation",
                            ),
                        ),
                        (
                            "objective",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="trainings.objective",
                                verbose_name="objectif",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noté par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "résultat par objectif",
                        "verbose_name_plural": "résultats par objectif",
                        "ordering": ["enrolment", "objective", "moment"],
                        "indexes": [models.Index(fields=["enrolment", "objective", "moment", "dated_on"], name="result_counted")],
                        "constraints": [
                            models.UniqueConstraint(fields=("enrolment", "objective", "moment"), name="result_once_per_moment")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PastDeparture",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("enrolled", "inscription en cours"),
                                    ("withdrawn", "désistement avant le premier jour"),
                                    ("interrupted", "parcours interrompu"),
                                    ("abandoned", "abandon"),
                                ],
                                max_length=12,
                                verbose_name="ce qui s’était passé",
                            ),
                        ),
                        ("left_on", models.DateField(verbose_name="sorti le")),
                        ("reason", models.CharField(blank=True, max_length=250, verbose_name="motif de la sortie")),
                        ("action", models.TextField(blank=True, verbose_name="ce qui a été fait")),
                        ("came_back_on", models.DateField(verbose_name="revenu le")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="past_departures",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noté par",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "départ suivi d’un retour",
                        "verbose_name_plural": "départs suivis d’un retour",
                        "ordering": ["left_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("came_back_on__gte", models.F("left_on"))),
                                name="past_departure_then_return",
                                violation_error_message="On ne revient pas avant d’être parti : vérifiez la date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "enrolled"), _negated=True),
                                name="past_departure_is_one",
                                violation_error_message="Un départ est un désistement, une interruption ou un abandon.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sending",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("email", models.EmailField(max_length=254, verbose_name="envoyé à")),
                        ("token_hash", models.CharField(max_length=64, unique=True, verbose_name="empreinte du lien")),
                        ("expires_on", models.DateField(verbose_name="lien valable jusqu’au")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
                        ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="ouvert le")),
                        ("problem", models.CharField(blank=True, max_length=250, verbose_name="empêchement")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sendings",
                                to="trainings.issued",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "trainee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="trainings.trainee",
                                verbose_name="stagiaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "envoi",
                        "verbose_name_plural": "envois",
                        "ordering": ["created_at", "id"],
                        "indexes": [models.Index(fields=["document", "sent_at"], name="sending_first")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("opened_at__isnull", True), ("sent_at__isnull", False), _connector="OR"),
                                name="sending_opened_after_sent",
                                violation_error_message="Un document ne s’ouvre qu’une fois envoyé.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Trainer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("first_name", models.CharField(blank=True, max_length=100, verbose_name="prénom")),
                        ("last_name", models.CharField(max_length=100, verbose_name="nom")),
                        (
                            "name_key",
                            qualiopi.folding.FoldedKey(
                                "first_name", "last_name", by_word=True, max_length=220, verbose_name="nom comparé"
                            ),
                        ),
                        (
                            "found_by",
                            qualiopi.folding.FoldedText(
                                "first_name", "last_name", "email", "phone", "titles", verbose_name="texte cherché"
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                        ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                        (
                            "activity_number",
                            models.CharField(blank=True, max_length=20, verbose_name="numéro de déclaration d’activité"),
                        ),
                        ("titles", models.CharField(blank=True, max_length=250, verbose_name="titres et qualités")),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("employee", "salarié ou dirigeant"),
                                    ("carried", "porté par la coopérative ou en portage salarial"),
                                    ("subcontractor", "sous-traitant, avec sa propre déclaration d’activité"),
                                ],
                                max_length=20,
                                verbose_name="statut",
                            ),
                        ),
                        (
                            "import_run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="qualiopi.importrun",
                                verbose_name="import d’origine",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "subcontractor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="trainers",
                                to="trainings.subcontractor",
                                verbose_name="sous-traitant",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="trainers",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="compte",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "formateur",
                        "verbose_name_plural": "formateurs",
                        "ordering": ["last_name", "first_name", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "name_key"), name="trainer_name_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("user__isnull", False)),
                                fields=("organisation", "user"),
                                name="trainer_account_once",
                                violation_error_message="Ce compte est déjà celui d’un formateur de l’organisme.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("subcontractor__isnull", True), ("status", "subcontractor"), _connector="OR"),
                                name="trainer_subcontractor_status",
                                violation_error_message="Seul un formateur sous-traitant dépend d’un sous-traitant.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerIdentity",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("former_id", models.UUIDField(blank=True, null=True, unique=True, verbose_name="ancien identifiant")),
                        ("name", models.CharField(max_length=220, verbose_name="nom d’avant")),
                        (
                            "name_key",
                            qualiopi.folding.FoldedKey("name", by_word=True, max_length=220, verbose_name="nom comparé"),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail")),
                        ("found_by", qualiopi.folding.FoldedText("name", "email", verbose_name="texte cherché")),
                        ("birth_date", models.DateField(blank=True, null=True, verbose_name="date de naissance")),
                        ("said", models.JSONField(blank=True, default=dict, verbose_name="ce qu’elle disait")),
                        ("enrolments", models.JSONField(blank=True, default=list, verbose_name="ses inscriptions d’alors")),
                        (
                            "merged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="fusionnée par",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "trainee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_identities",
                                to="trainings.trainee",
                                verbose_name="stagiaire",
                            ),
                        ),
                        (
                            "trainer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_identities",
                                to="trainings.trainer",
                                verbose_name="formateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "identité d’avant une fusion",
                        "verbose_name_plural": "identités d’avant une fusion",
                        "ordering": ["created_at", "id"],
                        "indexes": [
                            models.Index(fields=["organisation", "name_key"], name="former_identity_by_name"),
                            models.Index(fields=["organisation", "email"], name="former_identity_by_email"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("trainee__isnull", False), ("trainer__isnull", True)),
                                    models.Q(("trainee__isnull", True), ("trainer__isnull", False)),
                                    _connector="OR",
                                ),
                                name="former_identity_of_one",
                                violation_error_message="Une identité d’avant est celle d’une seule personne.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HalfDay",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("day", models.DateField(verbose_name="jour")),
                        (
                            "part",
                            models.CharField(
                                choices=[("am", "matin"), ("pm", "après-midi"), ("soir", "soirée")],
                                max_length=4,
                                verbose_name="moment",
                            ),
                        ),
                        ("starts_at", models.TimeField(verbose_name="commence à")),
                        ("ends_at", models.TimeField(verbose_name="finit à")),
                        ("remote", models.BooleanField(default=False, verbose_name="à distance")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="half_days",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "trainer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="half_days",
                                to="trainings.trainer",
                                verbose_name="animée par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "demi-journée",
                        "verbose_name_plural": "demi-journées",
                        "ordering": ["day", "starts_at", "id"],
                        "indexes": [models.Index(fields=["organisation", "day"], name="half_day_by_day")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "day", "part"),
                                name="half_day_once_per_session",
                                violation_error_message="Cette demi-journée est déjà prévue.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="half_day_times_in_order",
                                violation_error_message="Une demi-journée finit après avoir commencé.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConnectionReport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("tool", models.CharField(max_length=20, verbose_name="outil")),
                        ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="reporté sur l’émargement le")),
                        ("notes", models.JSONField(blank=True, default=list, verbose_name="à savoir")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="déposé par",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="connection_report",
                                to="qualiopi.storedfile",
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "half_day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="connection_reports",
                                to="trainings.halfday",
                                verbose_name="demi-journée",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relevé de connexion",
                        "verbose_name_plural": "relevés de connexion",
                        "ordering": ["-created_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Connection",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("seen_name", models.CharField(max_length=200, verbose_name="nom affiché")),
                        ("seen_email", models.CharField(blank=True, max_length=254, verbose_name="adresse affichée")),
                        ("joined_at", models.DateTimeField(blank=True, null=True, verbose_name="arrivée")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="départ")),
                        ("stretches", models.JSONField(blank=True, default=list, verbose_name="moments de connexion")),
                        (
                            "waited_minutes",
                            models.PositiveSmallIntegerField(default=0, verbose_name="minutes en salle d’attente"),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes connectées")),
                        (
                            "kept_minutes",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes retenues"),
                        ),
                        ("by_hand", models.BooleanField(default=False, verbose_name="rapprochée à la main")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="connections",
                                to="trainings.enrolment",
                                verbose_name="stagiaire",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="connections",
                                to="trainings.connectionreport",
                                verbose_name="relevé",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "connexion",
                        "verbose_name_plural": "connexions",
                        "ordering": ["seen_name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="FailedConfirmations",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("count", models.PositiveSmallIntegerField(default=0, verbose_name="réponses fausses")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "half_day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="trainings.halfday",
                                verbose_name="demi-journée",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "confirmations manquées",
                        "verbose_name_plural": "confirmations manquées",
                        "constraints": [
                            models.UniqueConstraint(fields=("half_day", "enrolment"), name="failed_confirmations_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("token_hash", models.CharField(max_length=64, unique=True, verbose_name="empreinte du lien")),
                        ("expires_on", models.DateField(verbose_name="valable jusqu’au")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                        ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="relancée le")),
                        ("answered", models.BooleanField(default=False, verbose_name="a servi")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="trainings.campaign",
                                verbose_name="campagne",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="trainings.company",
                                verbose_name="entreprise",
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "funder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="trainings.funder",
                                verbose_name="financeur",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "trainer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="trainings.trainer",
                                verbose_name="formateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("enrolment__isnull", False)),
                                fields=("campaign", "enrolment"),
                                name="invitation_once_per_enrolment",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("company__isnull", False)),
                                fields=("campaign", "company"),
                                name="invitation_once_per_company",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("funder__isnull", False)),
                                fields=("campaign", "funder"),
                                name="invitation_once_per_funder",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("trainer__isnull", False)),
                                fields=("campaign", "trainer"),
                                name="invitation_once_per_trainer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("company__isnull", True),
                                        ("enrolment__isnull", False),
                                        ("funder__isnull", True),
                                        ("trainer__isnull", True),
                                    ),
                                    models.Q(
                                        ("company__isnull", False),
                                        ("enrolment__isnull", True),
                                        ("funder__isnull", True),
                                        ("trainer__isnull", True),
                                    ),
                                    models.Q(
                                        ("company__isnull", True),
                                        ("enrolment__isnull", True),
                                        ("funder__isnull", False),
                                        ("trainer__isnull", True),
                                    ),
                                    models.Q(
                                        ("company__isnull", True),
                                        ("enrolment__isnull", True),
                                        ("funder__isnull", True),
                                        ("trainer__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="invitation_asks_one",
                                violation_error_message="Une invitation s’adresse à une seule personne, entreprise ou financeur.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reminded_at__isnull", True), ("sent_at__isnull", False), _connector="OR"),
                                name="invitation_reminded_after_sent",
                                violation_error_message="On ne relance que ce qui a été envoyé.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mark",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField(verbose_name="numéro de ligne")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("present", "présent"),
                                    ("absent", "absent"),
                                    ("excused", "absent, excusé"),
                                    ("countersigned", "contresignée par le formateur"),
                                ],
                                max_length=15,
                                verbose_name="présence",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("drawn", "signature tracée sur son téléphone"),
                                    ("confirmed", "confirmation sur son téléphone"),
                                    ("displayed", "QR code affiché en salle"),
                                    ("passed_round", "appareil du formateur passé de main en main"),
                                    ("sheet", "feuille papier numérisée"),
                                    ("connection", "relevé de connexion"),
                                    ("declared", "déclaré par le formateur ou l’organisme"),
                                ],
                                max_length=15,
                                verbose_name="voie",
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes suivies")),
                        ("signed_at", models.DateTimeField(verbose_name="signée le")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="reçue le"),
                        ),
                        ("late", models.BooleanField(default=False, verbose_name="signée après la demi-journée")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=250, verbose_name="motif du retard ou de la correction"),
                        ),
                        ("drawing", models.TextField(blank=True, verbose_name="tracé")),
                        ("address", models.CharField(blank=True, max_length=45, verbose_name="adresse du réseau, abrégée")),
                        ("once", models.UUIDField(unique=True, verbose_name="identifiant de l’envoi")),
                        ("previous", models.CharField(blank=True, max_length=64, verbose_name="empreinte d’avant")),
                        ("fingerprint", models.CharField(max_length=64, verbose_name="empreinte")),
                        (
                            "enrolment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="trainings.enrolment",
                                verbose_name="inscription",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.storedfile",
                                verbose_name="feuille numérisée",
                            ),
                        ),
                        (
                            "half_day",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="trainings.halfday",
                                verbose_name="demi-journée",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="saisie par",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="trainings.mark",
                                verbose_name="remplace",
                            ),
                        ),
                        (
                            "trainer",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="trainings.trainer",
                                verbose_name="formateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ligne d’émargement",
                        "verbose_name_plural": "lignes d’émargement",
                        "ordering": ["session", "number"],
                        "indexes": [
                            models.Index(fields=["half_day", "enrolment"], name="mark_by_half_day"),
                            models.Index(
                                fields=["organisation", "session", "supersedes", "kind", "minutes", "created_at"],
                                name="mark_counted",
                            ),
                            models.Index(
                                condition=models.Q(("kind__in", ["absent", "excused"])),
                                fields=["organisation", "session"],
                                name="mark_absent",
                            ),
                            models.Index(
                                condition=models.Q(("trainer__isnull", False)), fields=["trainer"], name="mark_by_trainer"
                            ),
                            models.Index(condition=models.Q(("file__isnull", False)), fields=["file"], name="mark_of_sheet"),
                            models.Index(
                                condition=models.Q(("file__isnull", False)),
                                fields=["organisation", "session", "file"],
                                name="mark_sheets_counted",
                            ),
                            models.Index(condition=models.Q(("made_by__isnull", False)), fields=["made_by"], name="mark_made_by"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "number"), name="mark_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("enrolment__isnull", False), ("trainer__isnull", True)),
                                    models.Q(("enrolment__isnull", True), ("trainer__isnull", False)),
                                    _connector="OR",
                                ),
                                name="mark_of_one_person",
                                violation_error_message="Une ligne d’émargement est celle d’une seule personne.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "countersigned"), ("trainer__isnull", False)),
                                    models.Q(models.Q(("kind", "countersigned"), _negated=True), ("trainer__isnull", True)),
                                    _connector="OR",
                                ),
                                name="mark_countersigned_by_trainer",
                                violation_error_message="Seul un formateur contresigne.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("late", False), models.Q(("reason", ""), _negated=True), _connector="OR"),
                                name="mark_late_has_reason",
                                violation_error_message="Une signature tardive dit pourquoi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supersedes__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="mark_correction_has_reason",
                                violation_error_message="Une correction dit pourquoi.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("half_day", "enrolment"),
                                name="mark_first_once_per_trainee",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "countersigned"), ("supersedes__isnull", True)),
                                fields=("half_day",),
                                name="mark_countersigned_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionTrainer",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "trainer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="trainings.trainer",
                                verbose_name="formateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "intervention",
                        "verbose_name_plural": "interventions",
                        "ordering": ["id"],
                        "constraints": [models.UniqueConstraint(fields=("session", "trainer"), name="session_trainer_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("key", models.CharField(max_length=60, verbose_name="étape")),
                        ("label", models.CharField(max_length=200, verbose_name="à faire")),
                        ("due_on", models.DateField(verbose_name="pour le")),
                        ("automatic", models.BooleanField(default=False, verbose_name="part toute seule")),
                        ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="faite le")),
                        ("skipped_reason", models.CharField(blank=True, max_length=250, verbose_name="sans objet parce que")),
                        (
                            "claimed_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="prise en charge le"),
                        ),
                        ("problem", models.CharField(blank=True, max_length=250, verbose_name="empêchement")),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="faite par",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confiée à",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "trainer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="trainings.trainer",
                                verbose_name="confiée au formateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "étape",
                        "verbose_name_plural": "étapes",
                        "ordering": ["due_on", "created_at", "id"],
                        "indexes": [models.Index(fields=["automatic", "done_at", "due_on"], name="step_due")],
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "key"), name="step_once_per_session"),
                            models.CheckConstraint(
                                condition=models.Q(("owner__isnull", True), ("trainer__isnull", True), _connector="OR"),
                                name="step_one_owner",
                                violation_error_message="Une étape a une seule personne en charge.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("done_by__isnull", True), ("done_at__isnull", False), _connector="OR"),
                                name="step_done_by_has_date",
                                violation_error_message="Une étape faite par quelqu’un l’est à une date.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainerLink",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="numéro du lien")),
                        ("token_hash", models.CharField(max_length=64, unique=True, verbose_name="empreinte du lien")),
                        ("expires_on", models.DateField(verbose_name="valable jusqu’au")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
                        ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="nouveau lien demandé le")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "trainer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="link",
                                to="trainings.trainer",
                                verbose_name="formateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lien personnel d’un formateur",
                        "verbose_name_plural": "liens personnels des formateurs",
                    },
                ),
                migrations.CreateModel(
                    name="TrainerRecord",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("cv", "CV"),
                                    ("diploma", "diplôme, titre ou preuve d’expérience"),
                                    ("qualification", "habilitation ou agrément à durée limitée"),
                                    ("training", "formation ou échange de pratiques suivi"),
                                    ("interview", "entretien annuel ou observation"),
                                    ("charter", "engagement qualité signé"),
                                    ("other", "autre pièce"),
                                ],
                                max_length=15,
                                verbose_name="nature",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                        ("title_key", qualiopi.folding.FoldedKey("title", max_length=200, verbose_name="intitulé comparé")),
                        ("dated_on", models.DateField(blank=True, null=True, verbose_name="date de la pièce ou de l’événement")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valable jusqu’au")),
                        ("note", models.TextField(blank=True, verbose_name="note ou conclusion")),
                        ("dropped", models.BooleanField(default=False, verbose_name="envoyée par le formateur")),
                        ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="vérifiée le")),
                        ("covers", models.JSONField(blank=True, default=list, verbose_name="qualifications que ce titre couvre")),
                        ("covers_said_at", models.DateTimeField(blank=True, null=True, verbose_name="dit le")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                        ("withdrawal_reason", models.CharField(blank=True, max_length=250, verbose_name="motif du retrait")),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="vérifiée par",
                            ),
                        ),
                        (
                            "covers_said_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dit par",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="trainer_record",
                                to="qualiopi.storedfile",
                                verbose_name="fichier",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                        (
                            "trainer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="trainings.trainer",
                                verbose_name="formateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pièce du dossier d’un formateur",
                        "verbose_name_plural": "pièces du dossier d’un formateur",
                        "ordering": ["kind", "-dated_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dated_on__isnull", True),
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("dated_on")),
                                    _connector="OR",
                                ),
                                name="trainer_record_dates_in_order",
                                violation_error_message="La fin de validité ne précède pas la date de la pièce.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawal_reason", ""), ("withdrawn_at__isnull", True)),
                                    models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawal_reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="trainer_record_withdrawal_has_reason",
                                violation_error_message="Une pièce se retire avec un motif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("covers_said_at__isnull", True), ("covers_said_by__isnull", True)),
                                    models.Q(("covers_said_at__isnull", False), ("covers_said_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="trainer_record_covers_said_by_somebody",
                                violation_error_message="Quelqu’un dit ce qu’un titre couvre, un jour donné.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "qualification"), _negated=True),
                                    ("dated_on__isnull", False),
                                    models.Q(("checked_at__isnull", True), ("dropped", True)),
                                    _connector="OR",
                                ),
                                name="trainer_record_qualification_dated",
                                violation_error_message="Une habilitation dit depuis quand elle est valable.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "interview"), _negated=True),
                                    models.Q(("dated_on__isnull", False), models.Q(("note", ""), _negated=True)),
                                    models.Q(("checked_at__isnull", True), ("dropped", True)),
                                    _connector="OR",
                                ),
                                name="trainer_record_interview_concludes",
                                violation_error_message="Un entretien ou une observation a une date et une conclusion.",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="session",
            name="trainers",
            field=models.ManyToManyField(
                related_name="sessions", through="trainings.SessionTrainer", to="trainings.trainer", verbose_name="formateurs"
            ),
        ),
    ]
