import django.core.validators
import django.db.models.deletion
import qualiopi.create_models
import qualiopi.folding
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("qualiopi", "0001_initial"),
        ("trainings", "0001_initial"),
    ]

    operations = [
        qualiopi.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name="ClosingRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("until", models.DateField(verbose_name="au plus tard le")),
                        ("documents", models.BooleanField(default=False, verbose_name="documents à émettre et à envoyer")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="terminée le")),
                        ("outcome", models.CharField(blank=True, max_length=200, verbose_name="ce qui en est advenu")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="demandée par",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="closing_requests",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "clôture demandée",
                        "verbose_name_plural": "clôtures demandées",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)), fields=("session",), name="closing_request_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("outcome", "")),
                                    models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="closing_request_says_its_end",
                                violation_error_message="Une clôture terminée dit ce qui en est advenu.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conclusion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "indicator",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(33),
                                ],
                                verbose_name="indicateur",
                            ),
                        ),
                        (
                            "grid",
                            models.CharField(choices=[("2019", "2019"), ("2026", "2026")], max_length=4, verbose_name="grille"),
                        ),
                        ("text", models.TextField(verbose_name="conclusion")),
                        (
                            "concluded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="conclu par",
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
                        "verbose_name": "conclusion",
                        "verbose_name_plural": "conclusions",
                        "ordering": ["-created_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="conclusion_not_empty",
                                violation_error_message="Écrivez votre conclusion.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("indicator__gte", 1), ("indicator__lte", 33)),
                                name="conclusion_indicator_number",
                                violation_error_message="Les indicateurs vont de 1 à 33.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deposit",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deposit",
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
                        "verbose_name": "dépôt à ranger",
                        "verbose_name_plural": "dépôts à ranger",
                        "ordering": ["created_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                        ("title_key", qualiopi.folding.FoldedKey("title", max_length=200, verbose_name="intitulé comparé")),
                        ("type", models.CharField(blank=True, max_length=60, verbose_name="type de pièce")),
                        (
                            "audience",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("trainee", "stagiaires"),
                                    ("company", "entreprises"),
                                    ("funder", "financeurs"),
                                    ("trainer", "équipe pédagogique"),
                                ],
                                max_length=10,
                                verbose_name="interlocuteurs concernés",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "review_state",
                            models.CharField(
                                choices=[("not_reviewed", "pas encore relu"), ("accepted", "retenu"), ("refused", "refusé")],
                                default="not_reviewed",
                                max_length=15,
                                verbose_name="relecture",
                            ),
                        ),
                        ("review_comment", models.TextField(blank=True, verbose_name="motif de la relecture")),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="relu le")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                        ("withdrawal_reason", models.TextField(blank=True, verbose_name="motif du retrait")),
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
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="relu par",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="retiré par",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pièce",
                        "verbose_name_plural": "pièces",
                        "ordering": ["-created_at", "id"],
                        "indexes": [models.Index(fields=["organisation", "-created_at", "id"], name="document_by_filing")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawal_reason", ""), ("withdrawn_at__isnull", True)),
                                    models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawal_reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="document_withdrawal_has_reason",
                                violation_error_message="Une pièce se retire avec un motif.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("review_state", "not_reviewed"), ("reviewed_at__isnull", True)),
                                    models.Q(
                                        models.Q(("review_state", "not_reviewed"), _negated=True), ("reviewed_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="document_review_has_date",
                                violation_error_message="Une relecture a une date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("review_state", "refused"), _negated=True),
                                    models.Q(("review_comment", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="document_refusal_has_reason",
                                violation_error_message="Un refus dit pourquoi.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorLink",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "indicator",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(33),
                                ],
                                verbose_name="indicateur",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicator_links",
                                to="evidence.document",
                                verbose_name="pièce",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lien vers un indicateur",
                        "verbose_name_plural": "liens vers des indicateurs",
                        "ordering": ["indicator"],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "indicator"), name="indicator_link_once"),
                            models.CheckConstraint(
                                condition=models.Q(("indicator__gte", 1), ("indicator__lte", 33)),
                                name="indicator_link_number",
                                violation_error_message="Les indicateurs vont de 1 à 33.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptBoard",
                    fields=[
                        ("read_on", models.DateField(verbose_name="lu le")),
                        ("made_with", models.CharField(max_length=80, verbose_name="lu avec")),
                        ("revision", models.PositiveBigIntegerField(verbose_name="changements relus")),
                        ("summary", models.JSONField(verbose_name="résumé")),
                        ("judged", models.BinaryField(verbose_name="statuts")),
                        ("outline", models.BinaryField(verbose_name="ce qui en est montré")),
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
                        "verbose_name": "statuts gardés",
                        "verbose_name_plural": "statuts gardés",
                    },
                ),
                migrations.CreateModel(
                    name="KeptSeen",
                    fields=[
                        ("read_on", models.DateField(verbose_name="lu le")),
                        ("made_with", models.CharField(max_length=80, verbose_name="lu avec")),
                        ("shared", models.PositiveBigIntegerField(verbose_name="changements relus hors sessions")),
                        ("documents", models.BinaryField(verbose_name="pièces")),
                        ("around", models.BinaryField(verbose_name="empreinte de ce qui les entoure")),
                        ("seen", models.BinaryField(verbose_name="ce qui en a été vu")),
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
                        "verbose_name": "regards gardés",
                        "verbose_name_plural": "regards gardés",
                    },
                ),
                migrations.CreateModel(
                    name="Pack",
                    fields=[
                        ("held_by", models.UUIDField(blank=True, editable=False, null=True, verbose_name="tenu par")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="fois commencé")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("audit_date", models.DateField(verbose_name="date d’audit")),
                        ("observed_on", models.DateField(verbose_name="état lu le")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "en attente"),
                                    ("building", "en préparation"),
                                    ("ready", "prêt"),
                                    ("failed", "interrompu"),
                                ],
                                default="queued",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="avancement en %")),
                        ("failure", models.TextField(blank=True, verbose_name="ce qui a arrêté la préparation")),
                        ("folder", models.CharField(blank=True, max_length=200, verbose_name="dossier de travail")),
                        ("size", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="taille en octets")),
                        ("sha256", models.CharField(blank=True, max_length=64, verbose_name="empreinte SHA-256 du fichier")),
                        ("content_digest", models.CharField(blank=True, max_length=64, verbose_name="empreinte du contenu")),
                        ("file_count", models.PositiveIntegerField(default=0, verbose_name="nombre de fichiers")),
                        ("missing_count", models.PositiveIntegerField(default=0, verbose_name="manques signalés")),
                        ("ready_at", models.DateTimeField(blank=True, null=True, verbose_name="prêt le")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="préparé par",
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
                            "previous",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="following",
                                to="evidence.pack",
                                verbose_name="dossier précédent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dossier de preuves",
                        "verbose_name_plural": "dossiers de preuves",
                        "ordering": ["-created_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(
                                        ("ready_at__isnull", False),
                                        ("size__isnull", False),
                                        models.Q(("sha256", ""), _negated=True),
                                        models.Q(("content_digest", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="pack_ready_has_digest",
                                violation_error_message="Un dossier prêt a une taille et une empreinte.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "failed"), _negated=True),
                                    models.Q(("failure", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="pack_failed_says_why",
                                violation_error_message="Une préparation interrompue dit pourquoi.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("email", models.EmailField(max_length=254, verbose_name="envoyée à")),
                        ("owed", models.PositiveIntegerField(verbose_name="nombre de manques")),
                        ("sent_on", models.DateField(verbose_name="envoyée le")),
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
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="demandée par",
                            ),
                        ),
                        (
                            "trainer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="trainings.trainer",
                                verbose_name="formateur",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relance",
                        "verbose_name_plural": "relances",
                        "ordering": ["-sent_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("trainer__isnull", False), ("user__isnull", True)),
                                    models.Q(("trainer__isnull", True), ("user__isnull", False)),
                                    _connector="OR",
                                ),
                                name="reminder_to_one",
                                violation_error_message="Une relance s’adresse à une seule personne.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("trainer__isnull", False)),
                                fields=("trainer", "sent_on"),
                                name="reminder_trainer_once_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("user__isnull", False)),
                                fields=("organisation", "user", "sent_on"),
                                name="reminder_user_once_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleSetting",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(max_length=80, verbose_name="réglage")),
                        (
                            "value",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="valeur"),
                        ),
                        ("effective_from", models.DateField(verbose_name="à partir du")),
                        ("source", models.CharField(max_length=250, verbose_name="source")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                    ],
                    options={
                        "verbose_name": "réglage des règles",
                        "verbose_name_plural": "réglages des règles",
                        "ordering": ["key", "effective_from"],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "effective_from"), name="rule_setting_once_per_date")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SetAside",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("reason", models.TextField(verbose_name="motif")),
                        ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="levé le")),
                        (
                            "indicator",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(33),
                                ],
                                verbose_name="indicateur",
                            ),
                        ),
                        ("ground", models.CharField(max_length=40, verbose_name="ce qui le permet")),
                        ("until", models.DateField(verbose_name="jusqu’au")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="décidé par",
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
                        "verbose_name": "indicateur mis de côté",
                        "verbose_name_plural": "indicateurs mis de côté",
                        "ordering": ["-created_at", "id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at__isnull", True)),
                                fields=("organisation", "indicator"),
                                name="set_aside_indicator_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="set_aside_reason",
                                violation_error_message="Dites pourquoi cela ne vous concerne pas.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ground", ""), _negated=True),
                                name="set_aside_ground",
                                violation_error_message="Dites ce qui permet de mettre cet indicateur de côté.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubjectLink",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "course",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document_links",
                                to="trainings.course",
                                verbose_name="formation",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subject_links",
                                to="evidence.document",
                                verbose_name="pièce",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document_links",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "subcontractor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document_links",
                                to="trainings.subcontractor",
                                verbose_name="sous-traitant",
                            ),
                        ),
                        (
                            "trainer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document_links",
                                to="trainings.trainer",
                                verbose_name="formateur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lien vers un sujet",
                        "verbose_name_plural": "liens vers des sujets",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("course__isnull", False),
                                        ("session__isnull", True),
                                        ("subcontractor__isnull", True),
                                        ("trainer__isnull", True),
                                    ),
                                    models.Q(
                                        ("course__isnull", True),
                                        ("session__isnull", False),
                                        ("subcontractor__isnull", True),
                                        ("trainer__isnull", True),
                                    ),
                                    models.Q(
                                        ("course__isnull", True),
                                        ("session__isnull", True),
                                        ("subcontractor__isnull", True),
                                        ("trainer__isnull", False),
                                    ),
                                    models.Q(
                                        ("course__isnull", True),
                                        ("session__isnull", True),
                                        ("subcontractor__isnull", False),
                                        ("trainer__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="subject_link_exactly_one",
                                violation_error_message="Un lien désigne une formation, une session, un formateur ou un sous-traitant, un seul à la fois.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("course__isnull", False)),
                                fields=("document", "course"),
                                name="subject_link_course_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("session__isnull", False)),
                                fields=("document", "session"),
                                name="subject_link_session_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("trainer__isnull", False)),
                                fields=("document", "trainer"),
                                name="subject_link_trainer_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("subcontractor__isnull", False)),
                                fields=("document", "subcontractor"),
                                name="subject_link_subcontractor_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TightenedThreshold",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("reason", models.TextField(verbose_name="motif")),
                        ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="levé le")),
                        ("expectation", models.CharField(max_length=80, verbose_name="attendu")),
                        (
                            "demonstrable",
                            models.DecimalField(decimal_places=2, max_digits=6, verbose_name="seuil « démontrable »"),
                        ),
                        ("at_risk", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="seuil « à risque »")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="décidé par",
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
                        "verbose_name": "seuil relevé",
                        "verbose_name_plural": "seuils relevés",
                        "ordering": ["-created_at", "id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at__isnull", True)),
                                fields=("organisation", "expectation"),
                                name="tightened_threshold_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("demonstrable__gte", models.F("at_risk"))),
                                name="tightened_threshold_order",
                                violation_error_message="Le seuil « démontrable » n’est pas sous le seuil « à risque ».",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="tightened_threshold_reason",
                                violation_error_message="Dites pourquoi le seuil est relevé.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="numéro de version"
                            ),
                        ),
                        ("effective_on", models.DateField(blank=True, null=True, verbose_name="date de la pièce")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valable jusqu’au")),
                        ("contents", models.JSONField(blank=True, default=list, verbose_name="rubriques présentes")),
                        ("comment", models.CharField(blank=True, max_length=250, verbose_name="ce qui change")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="déposée par",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="evidence.document",
                                verbose_name="pièce",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="version",
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
                        "verbose_name": "version",
                        "verbose_name_plural": "versions",
                        "ordering": ["document", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "number"), name="version_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_on__isnull", True),
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("effective_on")),
                                    _connector="OR",
                                ),
                                name="version_dates_in_order",
                                violation_error_message="La fin de validité ne précède pas la date de la pièce.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoveredLine",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("expectation", models.CharField(max_length=80, verbose_name="attendu")),
                        ("line", models.CharField(max_length=60, verbose_name="ligne couverte")),
                        ("label", models.CharField(max_length=200, verbose_name="ce qu’elle désigne")),
                        (
                            "course",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="covered_lines",
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
                            "said_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dit par",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="covered_lines",
                                to="trainings.session",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="covered_lines",
                                to="evidence.version",
                                verbose_name="version lue",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ligne couverte par une pièce",
                        "verbose_name_plural": "lignes couvertes par des pièces",
                        "ordering": ["created_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("course__isnull", False), ("session__isnull", True)),
                                    models.Q(("course__isnull", True), ("session__isnull", False)),
                                    _connector="OR",
                                ),
                                name="covered_line_of_one_subject",
                                violation_error_message="Une pièce couvre une ligne d’une formation ou d’une session, une seule à la fois.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("line", ""), _negated=True), models.Q(("label", ""), _negated=True)),
                                name="covered_line_names_a_line",
                                violation_error_message="Dites quelle ligne la pièce couvre.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("course__isnull", False)),
                                fields=("version", "expectation", "course", "line"),
                                name="covered_line_of_course_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("session__isnull", False)),
                                fields=("version", "expectation", "session", "line"),
                                name="covered_line_of_session_once",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
