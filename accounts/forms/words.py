def use_our_words(form, **labels):
    """Label allauth's fields as the rest of the site does, and drop the labels it repeats inside them.

    A label inside a field disappears while typing.
    """
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.widget.attrs.pop("placeholder", None)
