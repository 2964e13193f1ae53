"""Quotations are looked for in the text of their source, and what came of it is shown."""

from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from debates.actions.sources.attach_text import attach_text
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import CitationText
from debates.models import Citation, Document, DocumentPassage, Source
from tests.conftest import Cast, Scene, con, signed_in
from tests.core.test_source_text import a_pdf

BOOK = "The harbour was built in a hurry.\n\nIn the spring gale the third crane fell. Nobody was hurt.\n\nIt was sold."


def quotation(scene: Scene) -> Citation:
    return scene.rebuttal.citations.get()


def source(scene: Scene) -> Source:
    return quotation(scene).source


def test_without_a_text_nothing_is_claimed(scene: Scene) -> None:
    assert quotation(scene).quotation_state == Citation.Quotation.NO_TEXT


def test_a_text_that_holds_the_words_finds_them(client: Client, cast: Cast, scene: Scene) -> None:
    assert attach_text(cast.ben, source(scene), BOOK, "passages", "none named") == 1
    assert quotation(scene).quotation_state == Citation.Quotation.FOUND
    page = client.get(scene.rebuttal.get_absolute_url()).content.decode()
    assert "quotation found" in page
    assert "<mark>the third crane fell.</mark> Nobody was hurt." in page, (
        "A found quotation is shown in its passage."
    )


def test_words_that_are_nearly_there_are_not_found(cast: Cast, scene: Scene) -> None:
    attach_text(
        cast.ben,
        source(scene),
        BOOK.replace("third crane fell", "third crane nearly fell"),
        "passages",
        "none",
    )
    assert quotation(scene).quotation_state == Citation.Quotation.NOT_FOUND


def test_a_text_that_changes_takes_the_finding_back(cast: Cast, scene: Scene) -> None:
    attach_text(cast.ben, source(scene), BOOK, "passages", "none")
    attach_text(cast.ben, source(scene), BOOK.replace("third", "second"), "passages", "none")
    assert quotation(scene).quotation_state == Citation.Quotation.CHANGED


def test_an_edited_quotation_is_looked_for_anew(cast: Cast, scene: Scene) -> None:
    attach_text(cast.ben, source(scene), BOOK, "passages", "none")
    row = quotation(scene)
    edited = con(
        scene.rebuttal.claim,
        rebuttal_tags=("factual-error",),
        citations=(CitationText(source=row.source, quotation="The fourth crane fell."),),
    )
    edit_argument(cast.ben, scene.rebuttal, edited, 1)
    assert quotation(scene).pk == row.pk, "The citation keeps its row, so that checks by people stay with it."
    assert quotation(scene).quotation_state == Citation.Quotation.NOT_FOUND


def test_the_form_refuses_a_quotation_that_means_nothing(cast: Cast, scene: Scene) -> None:
    form = {
        "rebuttal_tags": ["weak-source"],
        "attacks": "claim",
        "claim": "It is not so.",
        "cite-TOTAL_FORMS": "1",
        "cite-INITIAL_FORMS": "0",
        "cite-0-source": source(scene).public_id,
        "cite-0-quotation": "a",
    }
    answer = signed_in(cast.ben).post(reverse("rebut", args=[scene.reason.public_id]), form)
    assert answer.status_code in (400, 422)
    assert "too short" in answer.content.decode()
    assert "It is not so." in answer.content.decode(), "A refusal keeps what was typed."


def test_the_preview_says_at_once_whether_the_words_are_there(cast: Cast, scene: Scene) -> None:
    attach_text(cast.ben, source(scene), BOOK, "passages", "none")
    form = {
        "stance": "pro",
        "claim": "One fell.",
        "cite-TOTAL_FORMS": "1",
        "cite-INITIAL_FORMS": "0",
        "cite-0-source": source(scene).public_id,
        "cite-0-quotation": "in the spring gale the third crane fell",
        "preview": "1",
    }
    answer = signed_in(cast.ada).post(reverse("reply", args=[scene.reason.public_id]), form)
    assert "quotation found" in answer.content.decode()


def test_the_one_who_added_a_source_attaches_its_text_by_form(cast: Cast, scene: Scene) -> None:
    address = reverse("text", args=[source(scene).public_id])
    file = SimpleUploadedFile("book.txt", BOOK.encode())
    answer = signed_in(cast.ben).post(address, {"file": file, "reading": "passages", "licence": "none named"})
    assert answer.status_code == 302
    assert quotation(scene).quotation_state == Citation.Quotation.FOUND
    page = Client().get(address).content.decode()
    assert "built in a hurry" not in page, "Its reading rule shows passages only where they are quoted."


def test_a_file_in_another_encoding_is_refused_by_name(cast: Cast, scene: Scene) -> None:
    file = SimpleUploadedFile("book.txt", "Die dritte Kräne".encode("latin-1"))
    address = reverse("text", args=[source(scene).public_id])
    answer = signed_in(cast.ben).post(address, {"file": file, "reading": "everyone", "licence": "none"})
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "“book.txt” is not UTF-8" in page
    assert "0xE4" in page


def test_others_do_not_attach_a_text(cast: Cast, scene: Scene) -> None:
    address = reverse("text", args=[source(scene).public_id])
    form = {"text": BOOK, "reading": "everyone", "licence": "none"}
    assert signed_in(cast.ada).post(address, form).status_code == 403
    led = Client().post(address, form)["Location"]
    assert led.startswith("/accounts/login/"), "Who is asked to sign in finds the text again."
    assert signed_in(cast.cleo).post(address, form).status_code == 302, "A moderator may."


def test_one_text_belongs_to_one_source(cast: Cast, scene: Scene) -> None:
    attach_text(cast.ben, source(scene), BOOK, "passages", "none")
    other = Source(added_by=cast.ben)
    other.take(source(scene).record)
    other.save()
    address = reverse("text", args=[other.public_id])
    answer = signed_in(cast.ben).post(address, {"text": BOOK, "reading": "passages", "licence": "none"})
    assert answer.status_code == 422
    assert "attached to" in answer.content.decode()


def test_everyone_reads_what_everyone_may(client: Client, cast: Cast, scene: Scene) -> None:
    attach_text(cast.ben, source(scene), BOOK, "everyone", "public domain")
    assert "built in a hurry" in client.get(reverse("text", args=[source(scene).public_id])).content.decode()
    Document.objects.update(reading="staff")
    page = client.get(reverse("text", args=[source(scene).public_id])).content.decode()
    assert "built in a hurry" not in page
    assert "Nobody was hurt" not in client.get(scene.rebuttal.get_absolute_url()).content.decode()
    assert DocumentPassage.objects.count() == 3


def test_members_texts_show_visitors_not_even_a_passage(client: Client, cast: Cast, scene: Scene) -> None:
    attach_text(cast.ben, source(scene), BOOK, "members", "none")
    assert "Nobody was hurt" not in client.get(scene.rebuttal.get_absolute_url()).content.decode()
    assert "Nobody was hurt" in signed_in(cast.dan).get(scene.rebuttal.get_absolute_url()).content.decode()


def test_ben_does_not_exchange_a_text_that_others_rely_on(cast: Cast, scene: Scene) -> None:
    attach_text(cast.ben, source(scene), BOOK, "passages", "none")
    cited = (CitationText(source=source(scene), quotation="It was sold."),)
    post_argument(cast.ada, scene.reason, con("It was sold.", citations=cited))
    address = reverse("text", args=[source(scene).public_id])
    form = {"text": BOOK + "\n\nMore.", "reading": "passages", "licence": "none"}
    assert signed_in(cast.ben).post(address, form).status_code == 422
    assert signed_in(cast.cleo).post(address, form).status_code == 302


def test_a_web_page_and_a_pdf_are_read_for_their_words(cast: Cast, scene: Scene) -> None:
    address, ben = reverse("text", args=[source(scene).public_id]), signed_in(cast.ben)
    form = {"reading": "passages", "licence": "none named"}
    page = f"<!doctype html><html><body><script>x()</script><p>{BOOK}</p></body></html>"
    answer = ben.post(address, {"file": SimpleUploadedFile("book.html", page.encode()), **form})
    assert answer.status_code == 302
    assert quotation(scene).quotation_state == Citation.Quotation.FOUND
    pdf = SimpleUploadedFile("book.pdf", a_pdf("Nothing of the kind."))
    assert ben.post(address, {"file": pdf, **form}).status_code == 302
    assert quotation(scene).quotation_state == Citation.Quotation.CHANGED, (
        "What is no longer there is said to be gone."
    )
    answer = ben.post(address, {"file": SimpleUploadedFile("scan.pdf", a_pdf("")), **form})
    assert "pictures of pages and no text" in answer.content.decode()
