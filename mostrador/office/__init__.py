"""The back office: pages for who runs the shop. It asks queries, calls services and renders; it writes no row itself.

`desk` says who sits there and what each room lets them do; `views` has a module per room; `texts` has every sentence in Spanish and
English, side by side. Every page is whole without JavaScript; htmx only saves reloads.
"""
