"""The form in which administrators edit a person: who they are, and what they may do."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles, second_factor
from accounts.models import RoleChange, User
from accounts.roles import ROLES
from casework.characters import drop_invisible
from exemptions.models import KindVersion
from zesportal.people.rights import Rights, rights_of
from zones.models import Municipality

if TYPE_CHECKING:
    from django.http import QueryDict


def role_choices() -> list[tuple[str, str]]:
    """Every role, with what it may do."""
    return [
        (role, format_html("<strong>{}</strong> – {}", roles.get_role_title(role), roles.WORDS[role].may))
        for role in ROLES
    ]


def municipality_choices() -> list[tuple[str, str]]:
    """Every municipality."""
    return [(name, name) for name in Municipality.objects.values_list("name", flat=True)]


def kind_choices() -> list[tuple[str, str]]:
    """Every current kind, by its code."""
    return [
        (version.code, str(version)) for version in KindVersion.objects.in_force(on=timezone.localdate()).long_term()
    ]


class PersonForm(forms.ModelForm[User]):
    """Name, function and language are saved at once; a change of rights is logged, and may need approval."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        choices=role_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A second administrator approves what you add. What you take away is gone at once."),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of exemption"),
        choices=kind_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "What this person is given when they ask for the next case. Nothing ticked: every kind."
        ),
    )
    letter_languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of letters"),
        choices=[("nl", "Nederlands"), ("en", "English")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("In which languages this person writes letters. Nothing ticked: all."),
    )
    places = forms.MultipleChoiceField(
        label=gettext_lazy("Municipalities"),
        choices=municipality_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only for a role that works for a municipality."),
    )
    may_log_in = forms.BooleanField(label=gettext_lazy("May log in"), required=False)
    login_reset = forms.BooleanField(
        label=gettext_lazy("Has lost their telephone or passkey, and has no recovery code left"),
        required=False,
        help_text=gettext_lazy(
            "Check first that it is really this person: call them on a number that you knew already, or see them. Once "
            "a second administrator approves, app, passkeys, recovery codes and password are removed, and this person "
            "is logged out everywhere. They log in with a code by email and set up a second step again."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Why this person gets or loses something. It stays in the log."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    own_fields: tuple[str, ...] = ("roles", "places", "may_log_in", "login_reset", "reason")
    acting: User | None = None
    """The administrator who fills it in, set by the page."""

    class Meta:
        model = User
        fields = ("name", "function", "language", "kinds", "letter_languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = rights_of(self.instance) if self.instance.pk else Rights(login=True)
        self.initial = {
            **self.initial,
            "roles": sorted(self.now.roles),
            "places": sorted(self.now.municipalities),
            "may_log_in": self.now.login,
            "seen": self.now.stamp,
        }
        self.fields["name"].required = True
        if not (self.instance.pk and second_factor.has_one(self.instance)):
            del self.fields["login_reset"]
        if self.acting is not None and self.acting.pk == self.instance.pk:
            for name in self.fields.keys() & set(self.own_fields):
                self.fields[name].disabled = True

    @property
    def wanted(self) -> Rights:
        """The rights ticked."""
        data = self.cleaned_data
        login_reset = bool(data.get("login_reset"))
        return Rights(frozenset(data["roles"]), frozenset(data["places"]), data["may_log_in"], login_reset)

    def clean_name(self) -> str:
        """The name without invisible characters, as mails and lists show it."""
        return drop_invisible(str(self.cleaned_data["name"])).strip()

    def clean_function(self) -> str:
        """The function without invisible characters, as letters show it."""
        return drop_invisible(str(self.cleaned_data["function"])).strip()

    def clean(self) -> dict[str, Any]:
        """Report impossible combinations at their field; a form based on outdated rights is refused."""
        data = super().clean() or {}
        if self.errors:
            return data
        given, taken = self.wanted - self.now, self.now - self.wanted
        if self.instance.pk and self.fields["roles"].disabled is False and data["seen"] != self.now.stamp:
            self.fields_as_they_are()
            raise forms.ValidationError(
                _(
                    "A colleague changed the rights of this person meanwhile. "
                    "The boxes show how they are now: look again."
                )
            )
        if (given or taken) and not data["reason"].strip():
            self.add_error("reason", _("Say why: it stays in the log."))
        self.refuse_half(given, taken)
        return data

    def fields_as_they_are(self) -> None:
        """Show the current rights, with the name and the reason that were typed."""
        shown = cast("QueryDict", self.data).copy()
        shown.setlist(self.add_prefix("roles"), sorted(self.now.roles))
        shown.setlist(self.add_prefix("places"), sorted(self.now.municipalities))
        shown.setlist(self.add_prefix("may_log_in"), ["on"] if self.now.login else [])
        shown[self.add_prefix("seen")] = self.now.stamp
        self.data = shown

    def refuse_half(self, given: Rights, taken: Rights) -> None:
        """Refuse a role without its municipality or vice versa, and a proposal while another one is waiting."""
        is_about_a_place = given.roles or given.municipalities or taken.municipalities
        if is_about_a_place and self.wanted.lacks_a_municipality:
            self.add_error("places", _("Choose for which municipality: without one this role sees nothing."))
        if given.municipalities and self.wanted.lacks_a_role:
            self.add_error("places", _("A municipality needs a role that works for one: tick that role too."))
        if given and self.instance.pk and RoleChange.objects.waiting().filter(user=self.instance).exists():
            self.add_error(None, _("A change for this person waits for approval already. Settle that one first."))


class NewPersonForm(PersonForm):
    """A new colleague. Nobody chooses a password for them: they log in with a code, or choose one themselves."""

    own_fields: tuple[str, ...] = ("roles", "places", "reason")

    class Meta:
        model = User
        fields = ("email", "name", "function", "language", "kinds", "letter_languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("may_log_in", "seen"):
            del self.fields[name]
        self.fields["roles"].required = True
        self.fields["roles"].help_text = gettext_lazy(
            "A second administrator approves them. Then the person gets an email."
        )

    @property
    def wanted(self) -> Rights:
        """The rights ticked, and a login, which without a role opens nothing of the desk."""
        return Rights(frozenset(self.cleaned_data["roles"]), frozenset(self.cleaned_data["places"]), login=True)

    def clean_email(self) -> str:
        """Normalise the address; somebody with an account must be found in the list instead."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(
                _("Someone with this address has an account already. Search them in the list and give them the role.")
            )
        return email

    def save(self, commit: bool = True) -> User:
        """Save the person without a usable password."""
        user: User = super().save(commit=False)
        user.set_unusable_password()
        if commit:
            user.save()
        return user
