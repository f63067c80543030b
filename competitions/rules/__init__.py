"""The decree on running contests (공모전 규정), as gates that acts have to pass. No Django here."""
