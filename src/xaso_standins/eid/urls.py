"""The stand-in's addresses: OpenID Connect at the root, the picker, the control."""

from django.urls import include, path
from oauth2_provider import views

from xaso_standins.eid import pages

openid = [
    path("authorize/", pages.AuthorizePage.as_view(), name="authorize"),
    path("token/", pages.TokenPage.as_view(), name="token"),
    path(".well-known/openid-configuration", views.ConnectDiscoveryInfoView.as_view(), name="oidc-connect-discovery-info"),
    path(".well-known/jwks.json", views.JwksInfoView.as_view(), name="jwks-info"),
    path("userinfo/", views.UserInfoView.as_view(), name="user-info"),
    path("logout/", views.RPInitiatedLogoutView.as_view(), name="rp-initiated-logout"),
]

urlpatterns = [
    path("", pages.home),
    path("chon-nguoi/", pages.pick),
    path("_control/", pages.control),
    path("", include((openid, "oauth2_provider"))),
]
