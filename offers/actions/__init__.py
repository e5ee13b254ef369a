"""Write, sell and illustrate offers."""

from offers.actions.films import remove_film as remove_film
from offers.actions.films import show_film as show_film
from offers.actions.gallery import add_image as add_image
from offers.actions.gallery import cut_image as cut_image
from offers.actions.gallery import describe_image as describe_image
from offers.actions.gallery import move_image as move_image
from offers.actions.gallery import order_images as order_images
from offers.actions.gallery import refresh_cover as refresh_cover
from offers.actions.gallery import remove_image as remove_image
from offers.actions.selling import admit as admit
from offers.actions.selling import delete as delete
from offers.actions.selling import give_back as give_back
from offers.actions.selling import hold_back as hold_back
from offers.actions.selling import mark_read as mark_read
from offers.actions.selling import pause as pause
from offers.actions.selling import publish as publish
from offers.actions.selling import refuse as refuse
from offers.actions.selling import submit as submit
from offers.actions.writing import AddOnTerms as AddOnTerms
from offers.actions.writing import RequirementTerms as RequirementTerms
from offers.actions.writing import close_editor as close_editor
from offers.actions.writing import create_offer as create_offer
from offers.actions.writing import drop_draft as drop_draft
from offers.actions.writing import edit_offer as edit_offer
from offers.actions.writing import index as index
from offers.actions.writing import keep_draft as keep_draft
