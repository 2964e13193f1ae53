// Lets the button of “Add a passkey” ask the device; allauth's own scripts, loaded before, do the asking.
document.addEventListener("DOMContentLoaded", () => {
  const ids = { add: "mfa_webauthn_add", passwordless: "id_passwordless", credential: "id_credential", data: "js_data" };
  window.allauth.webauthn.forms.addForm({ ids });
});
