import django.db.models.deletion
import django.db.models.functions.text
import qualiopi.create_models
import qualiopi.folding
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        qualiopi.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Network",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=150, unique=True, verbose_name="nom du réseau")),
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="adresse")),
                    ],
                    options={
                        "verbose_name": "réseau",
                        "verbose_name_plural": "réseaux",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="adresse")),
                        ("name", models.CharField(max_length=150, verbose_name="nom de l’organisme")),
                        (
                            "activity_number",
                            models.CharField(blank=True, max_length=20, verbose_name="numéro de déclaration d’activité"),
                        ),
                        ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="adresse postale")),
                        ("postcode", models.CharField(blank=True, max_length=12, verbose_name="code postal")),
                        ("city", models.CharField(blank=True, max_length=100, verbose_name="ville")),
                        ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="adresse de contact")),
                        (
                            "time_zone",
                            models.CharField(
                                choices=[
                                    ("Europe/Paris", "France hexagonale et Corse (Paris)"),
                                    ("America/Guadeloupe", "Guadeloupe"),
                                    ("America/Cayenne", "Guyane"),
                                    ("Indian/Reunion", "La Réunion"),
                                    ("America/Martinique", "Martinique"),
                                    ("Indian/Mayotte", "Mayotte"),
                                    ("Pacific/Noumea", "Nouvelle-Calédonie"),
                                    ("Pacific/Tahiti", "Polynésie française (Tahiti)"),
                                    ("Pacific/Gambier", "Polynésie française (Gambier)"),
                                    ("Pacific/Marquesas", "Polynésie française (Marquises)"),
                                    ("America/St_Barthelemy", "Saint-Barthélemy"),
                                    ("America/Marigot", "Saint-Martin"),
                                    ("America/Miquelon", "Saint-Pierre-et-Miquelon"),
                                    ("Pacific/Wallis", "Wallis-et-Futuna"),
                                ],
                                default="Europe/Paris",
                                max_length=32,
                                verbose_name="heure locale",
                            ),
                        ),
                        (
                            "activity_started_on",
                            models.DateField(blank=True, null=True, verbose_name="début de l’activité de formation"),
                        ),
                        ("certifier", models.CharField(blank=True, max_length=120, verbose_name="certificateur")),
                        ("certificate_number", models.CharField(blank=True, max_length=60, verbose_name="numéro du certificat")),
                        ("certified_on", models.DateField(blank=True, null=True, verbose_name="certificat obtenu le")),
                        ("certified_until", models.DateField(blank=True, null=True, verbose_name="certificat valable jusqu’au")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "network",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisations",
                                to="qualiopi.network",
                                verbose_name="réseau",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisme",
                        "verbose_name_plural": "organismes",
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("certified_until__isnull", True),
                                    ("certified_on__isnull", True),
                                    ("certified_until__gt", models.F("certified_on")),
                                    _connector="OR",
                                ),
                                name="organisation_certificate_dates",
                                violation_error_message="La fin du certificat vient après son début.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "time_zone__in",
                                        [
                                            "Europe/Paris",
                                            "America/Guadeloupe",
                                            "America/Cayenne",
                                            "Indian/Reunion",
                                            "America/Martinique",
                                            "Indian/Mayotte",
                                            "Pacific/Noumea",
                                            "Pacific/Tahiti",
                                            "Pacific/Gambier",
                                            "Pacific/Marquesas",
                                            "America/St_Barthelemy",
                                            "America/Marigot",
                                            "America/Miquelon",
                                            "Pacific/Wallis",
                                        ],
                                    )
                                ),
                                name="organisation_time_zone_known",
                                violation_error_message="Choisissez l’heure locale dans la liste.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityProfile",
                    fields=[
                        ("holds_af", models.BooleanField(default=False, verbose_name="actions de formation")),
                        ("holds_bc", models.BooleanField(default=False, verbose_name="bilans de compétences")),
                        ("holds_vae", models.BooleanField(default=False, verbose_name="validation des acquis de l’expérience")),
                        ("holds_cfa", models.BooleanField(default=False, verbose_name="apprentissage")),
                        (
                            "certifying",
                            models.BooleanField(blank=True, null=True, verbose_name="prépare à une certification enregistrée"),
                        ),
                        ("work_study", models.BooleanField(blank=True, null=True, verbose_name="forme en alternance")),
                        (
                            "work_based",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="comporte des périodes en situation de travail"
                            ),
                        ),
                        ("remote", models.BooleanField(blank=True, null=True, verbose_name="forme en partie à distance")),
                        (
                            "subcontracts_out",
                            models.BooleanField(blank=True, null=True, verbose_name="confie des sessions à des sous-traitants"),
                        ),
                        (
                            "salary_portage",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="porte des formateurs salariés (portage, coopérative)"
                            ),
                        ),
                        (
                            "works_as_subcontractor",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="intervient comme sous-traitant d’un autre organisme"
                            ),
                        ),
                        ("new_in_af", models.BooleanField(default=False, verbose_name="actions de formation : première année")),
                        ("new_in_bc", models.BooleanField(default=False, verbose_name="bilans de compétences : première année")),
                        ("new_in_vae", models.BooleanField(default=False, verbose_name="validation des acquis : première année")),
                        ("new_in_cfa", models.BooleanField(default=False, verbose_name="apprentissage : première année")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="mis à jour le")),
                        (
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="profile",
                                serialize=False,
                                to="qualiopi.organisation",
                                verbose_name="organisme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "profil d’activité",
                        "verbose_name_plural": "profils d’activité",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("new_in_af", False), ("holds_af", True), _connector="OR"),
                                    models.Q(("new_in_bc", False), ("holds_bc", True), _connector="OR"),
                                    models.Q(("new_in_vae", False), ("holds_vae", True), _connector="OR"),
                                    models.Q(("new_in_cfa", False), ("holds_cfa", True), _connector="OR"),
                                ),
                                name="profile_new_entrant_holds_category",
                                violation_error_message="On n’est nouvel entrant que dans une catégorie que l’on exerce.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CertifierAudit",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("initial", "audit initial"),
                                    ("surveillance", "audit de surveillance"),
                                    ("renewal", "audit de renouvellement"),
                                    ("extension", "audit d’extension"),
                                ],
                                max_length=20,
                                verbose_name="nature",
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="date de l’audit")),
                        ("certifier", models.CharField(blank=True, max_length=120, verbose_name="certificateur")),
                        ("auditor_name", models.CharField(blank=True, max_length=120, verbose_name="auditeur ou auditrice")),
                        ("covers_af", models.BooleanField(default=True, verbose_name="actions de formation")),
                        ("covers_bc", models.BooleanField(default=False, verbose_name="bilans de compétences")),
                        ("covers_vae", models.BooleanField(default=False, verbose_name="validation des acquis de l’expérience")),
                        ("covers_cfa", models.BooleanField(default=False, verbose_name="apprentissage")),
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
                        "verbose_name": "audit du certificateur",
                        "verbose_name_plural": "audits du certificateur",
                        "ordering": ["held_on", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "kind", "held_on"), name="certifier_audit_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("covers_af", True),
                                    ("covers_bc", True),
                                    ("covers_vae", True),
                                    ("covers_cfa", True),
                                    _connector="OR",
                                ),
                                name="certifier_audit_covers_something",
                                violation_error_message="Un audit porte sur au moins une catégorie d’actions.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailChoice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("email", models.EmailField(max_length=254, verbose_name="adresse e-mail")),
                        ("token_hash", models.CharField(max_length=64, unique=True, verbose_name="empreinte du lien")),
                        ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="refusé le")),
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
                        "verbose_name": "choix de messages",
                        "verbose_name_plural": "choix de messages",
                        "ordering": ["email", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "email"), name="mail_choice_once_per_address"),
                            models.CheckConstraint(
                                condition=models.Q(("email", django.db.models.functions.text.Lower(models.F("email")))),
                                name="mail_choice_small_letters",
                                violation_error_message="Une adresse se compare en minuscules.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RememberedMapping",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sessions", "sessions"),
                                    ("enrolments", "stagiaires et inscriptions"),
                                    ("survey_answers", "réponses à une enquête"),
                                    ("evidence_grid", "grille de preuves"),
                                ],
                                max_length=20,
                                verbose_name="contenu",
                            ),
                        ),
                        ("headings", models.JSONField(default=dict, verbose_name="intitulé de colonne vers champ")),
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
                        "verbose_name": "correspondance retenue",
                        "verbose_name_plural": "correspondances retenues",
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "kind"), name="remembered_mapping_once_per_kind")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tries",
                    fields=[
                        ("key", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="clé")),
                        ("count", models.PositiveIntegerField(default=0, verbose_name="essais manqués")),
                        ("closed_until", models.DateTimeField(blank=True, null=True, verbose_name="fermé jusqu’à")),
                        ("last_at", models.DateTimeField(db_index=True, verbose_name="dernier essai le")),
                    ],
                    options={
                        "verbose_name": "essais manqués",
                        "verbose_name_plural": "essais manqués",
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="adresse e-mail")),
                        ("full_name", models.CharField(blank=True, max_length=150, verbose_name="prénom et nom")),
                        (
                            "language",
                            models.CharField(
                                choices=[("fr", "français"), ("en", "anglais")], default="fr", max_length=2, verbose_name="langue"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="actif")),
                        ("date_joined", models.DateTimeField(auto_now_add=True, verbose_name="compte ouvert le")),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "compte",
                        "verbose_name_plural": "comptes",
                        "ordering": ["full_name", "email"],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("organisation_id", models.UUIDField(blank=True, db_index=True, null=True, verbose_name="organisme")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="date")),
                        ("actor_name", models.CharField(blank=True, max_length=150, verbose_name="nom de l’auteur")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("change", "modification"), ("reading", "lecture")],
                                default="change",
                                max_length=10,
                                verbose_name="nature",
                            ),
                        ),
                        ("verb", models.CharField(max_length=60, verbose_name="action")),
                        ("object_type", models.CharField(blank=True, max_length=60, verbose_name="type d’objet")),
                        ("object_id", models.CharField(blank=True, max_length=64, verbose_name="identifiant")),
                        ("object_label", models.CharField(blank=True, max_length=250, verbose_name="objet")),
                        ("details", models.JSONField(blank=True, default=dict, verbose_name="détails")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ligne du journal",
                        "verbose_name_plural": "journal",
                        "ordering": ["-at", "-id"],
                        "indexes": [models.Index(fields=["organisation_id", "-at"], name="journal_by_organisation")],
                    },
                ),
                migrations.CreateModel(
                    name="Member",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("quality_manager", "responsable qualité"),
                                    ("training_manager", "responsable de formation"),
                                    ("trainer", "formateur ou formatrice"),
                                    ("auditor", "auditeur ou auditrice"),
                                ],
                                max_length=20,
                                verbose_name="rôle",
                            ),
                        ),
                        ("until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membre",
                        "verbose_name_plural": "membres",
                        "ordering": ["user__full_name", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "user"), name="member_once_per_organisation"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", "auditor"), _negated=True), ("until__isnull", False), _connector="OR"
                                ),
                                name="member_auditor_has_end",
                                violation_error_message="L’accès d’un auditeur a toujours une date de fin.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NetworkMember",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "network",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="heads",
                                to="qualiopi.network",
                                verbose_name="réseau",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="networks_headed",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="personne",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tête de réseau",
                        "verbose_name_plural": "têtes de réseau",
                        "constraints": [models.UniqueConstraint(fields=("network", "user"), name="network_member_once")],
                    },
                ),
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        ("name", models.CharField(max_length=200, verbose_name="nom du fichier")),
                        ("found_by", qualiopi.folding.FoldedText("name", verbose_name="texte cherché")),
                        ("path", models.CharField(max_length=200, unique=True, verbose_name="emplacement")),
                        ("size", models.PositiveBigIntegerField(verbose_name="taille en octets")),
                        ("sha256", models.CharField(max_length=64, verbose_name="empreinte SHA-256")),
                        ("crc32", models.PositiveBigIntegerField(verbose_name="somme de contrôle CRC-32")),
                        ("media_type", models.CharField(max_length=120, verbose_name="type de contenu")),
                        ("active", models.BooleanField(default=False, verbose_name="peut agir tout seul")),
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
                        "verbose_name": "fichier",
                        "verbose_name_plural": "fichiers",
                        "ordering": ["-created_at", "id"],
                        "indexes": [models.Index(fields=["organisation", "sha256"], name="stored_file_by_digest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                                name="stored_file_sha256_shape",
                                violation_error_message="L’empreinte SHA-256 d’un fichier compte 64 chiffres hexadécimaux.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)),
                                name="stored_file_not_empty",
                                violation_error_message="Un fichier vide ne prouve rien.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sessions", "sessions"),
                                    ("enrolments", "stagiaires et inscriptions"),
                                    ("survey_answers", "réponses à une enquête"),
                                    ("evidence_grid", "grille de preuves"),
                                ],
                                max_length=20,
                                verbose_name="contenu",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("uploaded", "à faire correspondre"),
                                    ("checked", "à vérifier"),
                                    ("confirmed", "importé"),
                                    ("undone", "annulé"),
                                ],
                                default="uploaded",
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        ("sheet", models.CharField(blank=True, max_length=100, verbose_name="feuille")),
                        ("mapping", models.JSONField(blank=True, default=dict, verbose_name="correspondance des colonnes")),
                        ("corrections", models.JSONField(blank=True, default=dict, verbose_name="corrections de cellules")),
                        ("options", models.JSONField(blank=True, default=dict, verbose_name="options")),
                        ("summary", models.JSONField(blank=True, default=dict, verbose_name="bilan")),
                        ("undo_log", models.JSONField(blank=True, default=dict, verbose_name="de quoi annuler")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="importé le")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="annulé le")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="envoyé par",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                        "verbose_name": "import",
                        "verbose_name_plural": "imports",
                        "ordering": ["-created_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confirmed_at__isnull", True),
                                        ("state__in", ["uploaded", "checked"]),
                                        ("undone_at__isnull", True),
                                    ),
                                    models.Q(
                                        ("confirmed_at__isnull", False), ("state", "confirmed"), ("undone_at__isnull", True)
                                    ),
                                    models.Q(("confirmed_at__isnull", False), ("state", "undone"), ("undone_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="import_run_state_has_dates",
                                violation_error_message="L’état d’un import et ses dates se contredisent.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Worker",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("alive_at", models.DateTimeField(verbose_name="dernier signe de vie")),
                    ],
                    options={
                        "verbose_name": "processus au travail",
                        "verbose_name_plural": "processus au travail",
                    },
                ),
            ],
        ),
    ]
