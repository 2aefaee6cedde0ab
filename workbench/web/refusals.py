"""What the engine says when it refuses something that a page asked for, and of its jobs.

As in `sentences.py`: templates here, their Chinese in the catalogue. A test keeps them complete.
"""

from collections.abc import Callable

N_: Callable[[str], str] = str  # marks a message that is translated when it is shown

REFUSALS = (
    N_(
        "%(who)s changed this first (%(time)s UTC); nothing was overwritten, look at the row "
        "again and repeat your edit if you still want it."
    ),
    N_("This row is not there any more; nothing was changed, reload the page to go on."),
    N_("This row is not there any more; reload the page to go on."),
    N_("This is the last row; there is no next row to merge with."),
    N_("This is the last row; there is no next row to change places with."),
    N_(
        "The %(side)s of this row is a single sentence and can't be split; put the cursor in "
        "the other column, or unpair the row."
    ),
    N_("source"),
    N_("translation"),
    N_("This row has no sentence on that side to move."),
    N_("There is no row %(where)s this one."),
    N_("above"),
    N_("below"),
    N_("This row has one side only; there is nothing to unpair."),
    N_(
        "To pair, choose one row that has only the source and one that has only the "
        "translation; rows that are paired already can be merged or unpaired."
    ),
    N_("Row %(row)s between these two is paired; unpair it first, or merge the rows one by one."),
    N_("A row ends inside a sentence; whole sentences make a row."),
    N_(
        "Only a row without translation and a row without source can change places; unpair "
        "them first."
    ),
    N_("A wording stands for a run of the text."),
    N_("A wording holds at most %(n)s characters; shorten it."),
    N_("A sentence begins here already; put the cursor inside a sentence."),
    N_("The cursor is inside the dateline; put it after the dateline."),
    N_("There are no words on one side of the cursor; put it inside a sentence."),
    N_("Put the cursor into the sentence that is to be joined with the next one."),
    N_("The row has a single sentence on that side; merge the rows first, then join."),
    N_("The sentences are in two paragraphs; a sentence stays inside its own."),
    N_("One of these rows is paired with a distant row already; unpair it."),
    N_("Alternatives and tags are lists of words."),
    N_("The span %(a)s to %(b)s holds no characters; select some words."),
    N_("An annotation needs words to hang on; select some in either text."),
    N_("A note holds at most %(n)s characters; shorten it."),
    N_("Choose a category for this %(kind)s."),
    N_("error"),
    N_("choice"),
    N_("Choose a severity for this error."),
    N_("The comment is empty; write something or cancel."),
    N_("The reply is empty; write something or cancel."),
    N_("A reply holds at most %(n)s characters; shorten it."),
    N_("A span is two offsets, not %(value)s."),
    N_("There is no %(kind)s %(name)s; choose from: %(choices)s."),
    N_("severity"),
    N_("status"),
    N_("outcome"),
    N_("edit"),
    N_("An inverse is an undo or a redo, not %(kind)s."),
    N_("This pair of texts is not aligned yet; align it first."),
    N_("A row holds at most %(n)s characters; divide it first."),
    N_(
        "Two wordings were suggested for the same words of this row; leave one of them out "
        "first, in the corrected text."
    ),
    N_(
        "A wording was suggested for words of this row and of the next one together; leave it "
        "out first, in the corrected text."
    ),
    N_("This correction is not there any more; nothing was changed, look again."),
    N_("The claim is not in the text any more; reload the page."),
    N_("A claim has at least one character."),
    N_("A verdict on a claim is one of: %(choices)s; and it needs the claim."),
    N_("A row is approved by one person or by two."),
    N_(
        "This workspace knows no %(kind)s %(name)s; choose another, or add it to "
        "texts/typology.toml."
    ),
    N_("Only alignments of the same source have rows in common."),
    N_(
        "These two texts do not seem to be translations of each other: only %(n)s of the %(m)s "
        "sentences resemble the %(k)s ones at their place, and %(numbers)s; check that the "
        "right files were chosen, or align them all the same if you know better."
    ),
    N_("%(n)s of %(m)s numbers are in both"),
    N_("there are no numbers to compare"),
    N_(
        "Both texts seem to be in %(lang)s, so one can't be the translation of the other; "
        "check that the right files were chosen and their languages set."
    ),
    N_("Chinese"),
    N_("English"),
    N_("the same language"),
    N_("This pattern repeats a repetition, which can take forever; write it without."),
    N_("Pinyin needs at least two letters, such as wangyi."),
    N_("The pattern can't be read (%(why)s); mend it."),
    N_("A text has no %(names)s; it has %(fields)s."),
    N_("A text is official (yes), not official (no), or nobody said (empty)."),
    N_("%(date)s is no date; write it as 2025-05-11, 2025-05 or 2025."),
    N_("%(n)s characters; shorten it to %(m)s."),
    N_("The rows of an independent session stay as they are."),
    N_("The English is too short to be a translation."),
    N_(
        "%(name)s: its words or offsets are not in the text; give start and stop, or the exact "
        "words."
    ),
    N_("A line of the claims is no JSON object; mend the file."),
    N_("One text is Chinese and one English; compare two in the same language, or align them."),
    N_("That is the same text twice; choose another one."),
    N_("Only the reviewers of an independent session can be compared."),
    N_("The reviewers can be compared once the session is closed."),
    N_("Type the phrase to look for."),
    N_("Type what to look for."),
    N_(
        "This is one reviewer's copy; the new version is made of the bitext, once the session "
        "is closed and its record is made."
    ),
    N_("Two corrections want the same words; leave one of them out first."),
    N_("Nothing is corrected; suggest a wording or edit the English of a row."),
    N_("The corrected text would be empty; leave some of the corrections out."),
    N_("A side is src or tgt, not %(side)s."),
    N_("There is no paragraph %(n)s on that side."),
    N_("This annotation is not there any more; nothing was changed."),
    N_("This reply is not there any more; nothing was changed."),
    N_("This flag is not there any more, the row was checked anew; look again."),
    N_("%(n)s of these are settled already; nothing was changed."),
    N_("The edit %(kind)s can't be read (%(why)s); reload the page."),
    N_("The selected words are not in the text; select them again."),
    N_("A formulation is %(choices)s, not %(value)s."),
    N_("A formulation has between 2 and %(n)s characters."),
    N_("Say which formulation it is joined to, or its new name."),
    N_("%(file)s can't be read (%(why)s); mend it, or take it away to start afresh."),
    N_(
        "There are %(n)s dated Chinese texts to compare; from %(m)s on something can be said. "
        "Add more, or give those that belong together the same kind."
    ),
    N_("%(title)s is the earliest of these texts; choose a later one."),
    N_("Stopped; what was done so far is kept, start it again to go on."),
    N_(
        "The worker died %(n)s times in the middle of this, perhaps for want of memory; "
        "nothing was lost. Close other programs and try again."
    ),
    N_(
        "The work stopped at an error of the program (%(name)s); nothing was lost. Try again, "
        "and report it with .workbench/errors.log if it comes back."
    ),
    N_("The language %(lang)s is unknown; choose from: %(choices)s."),
    N_(
        "In an independent session the rows stay as they are, so that the reviewers can be "
        "compared; write a comment where the pairing is wrong."
    ),
    N_("%(who)s has since divided a row where this sentence ends (%(time)s UTC); undo that first."),
    N_("There is nothing of yours to %(do)s."),
    N_("There is no outcome of yours to %(do)s here."),
    N_("undo"),
    N_("redo"),
    N_(
        "This holds half a character (a lone surrogate), which no file can store; type it "
        "again, or copy it again from its source."
    ),
    N_("%(file)s can't be read as rules; its columns are %(columns)s. Mend it or delete it."),
    N_("Two reviewers have the same name; tell them apart."),
    N_("Name the reviewers, %(n)s at most."),
    N_("An independent session compares reviewers; name two or more."),
    N_("This session is closed, so nothing was changed; its owner can reopen it."),
    N_("A session is about a bitext, not about a reviewer's copy of one."),
    N_("%(title)s is not aligned yet; align it first."),
    N_("%(name)s can't be a reviewer's name; choose another."),
    N_("The session %(name)s is closed; reopen it first."),
    N_("There is no such reviewer; reload the page."),
    N_("This session is closed; reopen it before you invite anybody."),
    N_("%(name)s said nothing here that could be taken."),
    N_("Nobody"),
    N_("This item is not there any more; reload the page."),
    N_(
        "This row is paired otherwise by now; look at it on the review page and give it its "
        "status there."
    ),
    N_("A status is taken from a reviewer or rejected; it can't be written anew."),
    N_("The workspace has no terms of its own yet; import some, or take them all."),
    N_("A term needs its Chinese and the rendering to use; fill in both."),
    N_("A term needs its Chinese; select the Chinese words, too."),
    N_("A version is named twice; name each version once."),
    N_("%(name)s translates another original than %(other)s; choose versions of the same text."),
    N_("%(file)s is a file; choose a folder for the workspace."),
    N_("There is no difference to settle any more; reload the page."),
    N_("Keep the 'file' or the 'database', not %(keep)s."),
    N_(
        "The workbench has no alignment of its own beside %(file)s; mend the file or take it "
        "away, then start again."
    ),
    N_(
        "This workspace's database was made by a newer workbench (schema %(schema)s); install "
        "that version, or move workbench.sqlite away to rebuild it from texts/ and "
        "alignments/."
    ),
    N_("The disk is full, so nothing was saved; free some space."),
    N_("Another program holds the database; close it, or try again in a moment."),
    N_(
        "The database can't be opened for writing; look at the rights of the workspace's "
        "folder and of workbench.sqlite in it."
    ),
    N_(
        "workbench.sqlite is damaged; move it away and start again: it is rebuilt from texts/ "
        "and alignments/."
    ),
    N_(
        "The text %(id)s is known but not stored here; import its file (it was published at: "
        "%(where)s)."
    ),
    N_(
        "The file %(file)s was changed since it was imported (its hash differs from the "
        "catalogue's); restore it, or import the new version as a text of its own."
    ),
    N_("The file %(file)s of the text %(id)s is missing; put it back."),
    N_("There is already another text %(id)s; choose another id."),
    N_("texts/%(file)s can't be read: %(why)s; mend or restore it."),
    N_(
        "texts/%(file)s: entry %(n)s of [[%(what)s]] lacks a required key; it needs at least "
        "%(keys)s."
    ),
    N_("There is no %(kind)s named %(name)s; choose from: %(choices)s."),
    N_("none yet"),
    N_("bitext"),
    N_("text"),
    N_("session"),
    N_("job"),
    N_("reviewer"),
    N_("term"),
    N_("rule"),
    N_("memory"),
    N_("formulation"),
    N_("correction"),
    N_("group"),
    N_("table"),
    N_("dated Chinese text"),
    N_("encoding"),
    N_("decision"),
    N_("annotation kind"),
)
