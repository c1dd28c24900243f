"""The buttons of cards, answers and the Home tab. A new one is one file and one line here."""

from handlers.buttons import (
    approve,
    back,
    claim,
    complaint_list,
    enroll,
    hand_off,
    kept_answers,
    new_case,
    open_form,
    paging,
    read_guidebook,
    reject,
    release,
    resolve,
    storm_list,
    take_next,
    undo,
    wishes,
)

BUTTONS = (
    claim.BUTTON,
    release.BUTTON,
    hand_off.BUTTON,
    resolve.BUTTON,
    open_form.BUTTON,
    take_next.BUTTON,
    storm_list.BUTTON,
    complaint_list.BUTTON,
    undo.BUTTON,
    paging.NEWER,
    paging.OLDER,
    wishes.BUTTON,
    enroll.BUTTON,
    read_guidebook.BUTTON,
    back.BUTTON,
    new_case.BUTTON,
    approve.BUTTON,
    reject.BUTTON,
    kept_answers.KEEP,
    kept_answers.USE,
    kept_answers.FORGET,
    kept_answers.REMEMBER,
)

__all__ = ["BUTTONS"]
