"""The lints of tenancy, as functions that return what is wrong: of models on any database, of tables on PostgreSQL."""

from collections.abc import Iterable, Iterator

from django.db import connection, models

KEY = "organization_id"
PLACEMENTS = {"distributed", "reference", "local"}

Model = type[models.Model]


def place(model: Model) -> str:
    """Where a model's rows live on a cluster; models of Django's own apps are local."""
    if model.__module__.startswith("django."):
        return "local"
    return str(getattr(model, "PLACEMENT", ""))


def model_faults(chosen: Iterable[Model]) -> list[str]:
    """Return what in the models would let businesses mix, or could not be distributed."""
    return [fault for model in chosen for fault in _faults(model)]


def _faults(model: Model) -> Iterator[str]:
    name, options = model._meta.label, model._meta
    if place(model) not in PLACEMENTS:
        yield f"{name} declares no PLACEMENT"
        return
    if place(model) != "distributed":
        for field in options.local_concrete_fields:
            if field.is_relation and isinstance(field.related_model, type) and place(field.related_model) == "distributed":
                yield f"{name}.{field.name}: a {place(model)} table points to a tenant table"
        return
    if options.auto_created:
        yield f"{name}: auto-made many-to-many table; write the through model"
    found_by = getattr(model, "FOUND_BY", None)
    first = [KEY] if found_by is None else [found_by, KEY]
    if [field.column for field in options.pk_fields][: len(first)] != first:
        yield f"{name}: the primary key does not begin with {', '.join(first)}"
    yield from _field_faults(model)
    yield from _constraint_faults(model)


def _field_faults(model: Model) -> Iterator[str]:
    for field in model._meta.local_concrete_fields:
        where = f"{model._meta.label}.{field.name}"
        if field.unique and not field.primary_key:
            yield f"{where}: unique=True without the organization"
        if isinstance(field, models.AutoField | models.BigAutoField | models.SmallAutoField):
            yield f"{where}: an id from a sequence"
        if isinstance(field, models.ForeignKey) and field.column != KEY and place(field.related_model) != "reference":
            yield f"{where}: a plain ForeignKey; use tenant_relation and TenantForeignKey"


def _constraint_faults(model: Model) -> Iterator[str]:
    options = model._meta
    for constraint in options.constraints:
        where = f"{options.label}: {constraint.name}"
        if isinstance(constraint, models.UniqueConstraint):
            named = {options.get_field(field).column for field in constraint.fields}  # type: ignore[union-attr]  # columns, not relations
            named |= {str(part.name) for part in constraint.expressions if isinstance(part, models.F)}  # type: ignore[attr-defined]  # not in the stubs
            if not named & {KEY, "organization"}:
                yield f"{where}: unique without the organization"
        elif type(constraint).__name__ == "TenantForeignKey":
            first = options.get_field(constraint.fields[0])  # type: ignore[attr-defined]  # the kernel's own class
            if first.column != KEY:  # type: ignore[union-attr]
                yield f"{where}: the foreign key does not begin with the organization"
    for together in options.unique_together:
        if "organization" not in together:
            yield f"{options.label}: unique_together {together} without the organization"
    yield from _unheld_relations(model)


def _unheld_relations(model: Model) -> Iterator[str]:
    """A relation over two columns that no foreign key in the database holds."""
    held = {tuple(constraint.fields) for constraint in model._meta.constraints if type(constraint).__name__ == "TenantForeignKey"}  # type: ignore[attr-defined]
    for field in model._meta.private_fields + model._meta.local_fields:
        if type(field) is models.ForeignObject and tuple(field.from_fields) not in held:
            yield f"{model._meta.label}.{field.name}: no TenantForeignKey holds this relation in the database"


TABLE_FAULTS = """
SELECT 'unique or exclusion without the organization: ' || i.indexrelid::regclass FROM pg_index i
 WHERE i.indrelid = ANY(%(tables)s::regclass[]) AND (i.indisunique OR i.indisexclusion) AND NOT EXISTS (
   SELECT 1 FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attname = %(key)s AND a.attnum = ANY(i.indkey::int2[]))
UNION ALL
SELECT 'foreign key between tenant tables without the organization in the same place: ' || c.conname FROM pg_constraint c
 WHERE c.contype = 'f' AND c.conrelid = ANY(%(tables)s::regclass[]) AND c.confrelid = ANY(%(tables)s::regclass[]) AND NOT EXISTS (
   SELECT 1 FROM unnest(c.conkey, c.confkey) k(a, b)
     JOIN pg_attribute x ON x.attrelid = c.conrelid AND x.attnum = k.a
     JOIN pg_attribute y ON y.attrelid = c.confrelid AND y.attnum = k.b
    WHERE x.attname = %(key)s AND y.attname = %(key)s)
UNION ALL
SELECT 'foreign key from a table that is no tenant''s: ' || c.conname FROM pg_constraint c
 WHERE c.contype = 'f' AND c.confrelid = ANY(%(tables)s::regclass[]) AND NOT c.conrelid = ANY(%(tables)s::regclass[])
UNION ALL
SELECT 'deferrable foreign key: ' || c.conname FROM pg_constraint c
 WHERE c.contype = 'f' AND c.conrelid = ANY(%(tables)s::regclass[]) AND c.condeferrable
UNION ALL
SELECT 'numbers from the database: ' || attrelid::regclass || '.' || attname FROM pg_attribute
 WHERE attrelid = ANY(%(tables)s::regclass[]) AND attnum > 0 AND (attidentity <> '' OR
   EXISTS (SELECT 1 FROM pg_attrdef d WHERE d.adrelid = attrelid AND d.adnum = attnum AND pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval%%'))
ORDER BY 1
"""


def table_faults(tables: list[str]) -> list[str]:
    """Return what in PostgreSQL's own catalogue breaks the rules of tenant tables, so that raw SQL cannot slip by."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE_FAULTS, {"tables": tables, "key": KEY})
        return [row[0] for row in cursor.fetchall()]
