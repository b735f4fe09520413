"""How somebody unknown becomes somebody who acts: accounts, invitations, OpenID Connect."""
