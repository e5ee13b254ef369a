"""Addresses of the catalogue, of the experts, and of the offer editor."""

from django.urls import path

from offers.views import calendar, catalogue, editor, experts, favourites, films, images, public

first = [
    path("offers/", catalogue.catalogue, name="catalogue"),
    path("offers/suggestions/", catalogue.suggestions, name="search_suggestions"),
    path("offers/ranking/", catalogue.ranking, name="offer_ranking"),
    path("categories/<slug:slug>/", catalogue.category, name="category"),
    path("experts/", experts.experts, name="experts"),
    path("offers/<int:pk>/<slug:slug>/", public.offer, name="offer"),
    path("experts/<slug:slug>/", experts.expert_profile, name="expert_profile"),
]
"""Where most visitors arrive. Addresses are tried one after the other, so these stand before all others."""

urlpatterns = [
    path("offers/<int:pk>/captions.vtt", films.captions, name="offer_captions"),
    path("favourites/", favourites.favourites, name="favourites"),
    path("favourites/offers/<int:pk>/", favourites.favourite_offer, name="favourite_offer"),
    path("favourites/experts/<int:pk>/", favourites.favourite_expert, name="favourite_expert"),
    path("searches/", favourites.searches_save, name="searches_save"),
    path("searches/<uuid:public_id>/", favourites.saved_search, name="saved_search"),
    path(
        "searches/unsubscription/<str:token>/",
        favourites.searches_unsubscription,
        name="searches_unsubscription",
    ),
    path("recently-viewed/", favourites.seen_forget, name="seen_forget"),
    path("dashboard/offers/", editor.offers, name="dashboard_offers"),
    path("dashboard/hours/", calendar.hours, name="call_hours"),
    path("dashboard/hours/days/", calendar.day, name="call_day"),
    path("dashboard/hours/days/removal/", calendar.day_removal, name="call_day_removal"),
    path("dashboard/offers/new/", editor.create, name="offer_create"),
    path("dashboard/offers/preview/", editor.preview, name="offer_preview"),
    path("dashboard/offers/draft/", editor.drop_draft, name="offer_draft"),
    path("dashboard/offers/<int:pk>/check/", editor.check, name="offer_check"),
    path("dashboard/offers/<int:pk>/", editor.edit, name="offer_edit"),
    path("dashboard/offers/<int:pk>/publication/", editor.publish, name="offer_publish"),
    path("dashboard/offers/<int:pk>/pause/", editor.pause, name="offer_pause"),
    path("dashboard/offers/<int:pk>/deletion/", editor.delete, name="offer_delete"),
    path("dashboard/offers/<int:pk>/images/", images.gallery, name="offer_images"),
    path("dashboard/offers/<int:pk>/images/<int:image_pk>/", images.picture, name="offer_image"),
    path("dashboard/offers/<int:pk>/film/", films.film, name="offer_film"),
]
