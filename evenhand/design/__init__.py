"""The design room: base templates, components, forms and charts, on the design system's markup."""
