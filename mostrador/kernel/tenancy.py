"""One schema for SQLite, PostgreSQL and Citus: every tenant row is known by (organization_id, ...).

The primary key of a tenant table begins with `organization_id` (or with what `FOUND_BY` names, where nobody knows the business yet); relations are `ForeignObject`s over both columns, with a real,
non-deferrable foreign key in the database (TenantForeignKey): a row of one business cannot even name a row of another.
Facts behind these rules: docs/adr/0004.
"""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.constraints import BaseConstraint

from mostrador.kernel.fields import CompactUUIDField
from mostrador.kernel.ids import new_id
from mostrador.kernel.scoping import across_reason, current_organization


def column_of(model: type[models.Model], name: str) -> str:
    """Return the column of a model's field."""
    column = getattr(model._meta.get_field(name), "column", None)
    assert isinstance(column, str), name
    return column


class TenantForeignKey(BaseConstraint):
    """FOREIGN KEY (organization_id, x_id) REFERENCES table (organization_id, id), as an entry of Meta.constraints.

    `to` is a table's name: SQLite's table remake builds the model in an empty registry of apps.
    """

    def __init__(self, *, name: str, fields: Sequence[str], to: str, to_fields: Sequence[str] = ("organization_id", "id")) -> None:
        super().__init__(name=name)
        self.fields, self.to, self.to_fields = tuple(fields), to, tuple(to_fields)

    def _sql(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        quote = editor.quote_name
        here = ", ".join(quote(column_of(model, name)) for name in self.fields)
        there = ", ".join(quote(name) for name in self.to_fields)
        return f"FOREIGN KEY ({here}) REFERENCES {quote(self.to)} ({there})"

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None and schema_editor is not None
        return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._sql(model, schema_editor)}"

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None and schema_editor is not None
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None and schema_editor is not None
        return f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing in Python: the database decides."""

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        kwargs.update(fields=self.fields, to=self.to)
        if self.to_fields != ("organization_id", "id"):
            kwargs["to_fields"] = self.to_fields
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TenantForeignKey) and self.deconstruct() == other.deconstruct()

    __hash__ = None  # type: ignore[assignment]  # as Django's own constraints: compared, never hashed


def tenant_relation(to: str, column: str, *, related_name: str = "+") -> Any:
    """Return a relation over (organization, column). Deleting never cascades."""
    return models.ForeignObject(
        to,
        on_delete=models.PROTECT,
        from_fields=("organization", column),
        to_fields=("organization", "id"),
        related_name=related_name,
    )


class TenantManager[Row: models.Model](models.Manager[Row]):
    """Sees only the business in scope, and raises where none is."""

    def get_queryset(self) -> models.QuerySet[Row]:
        rows = super().get_queryset()
        return rows if across_reason() else rows.filter(organization_id=current_organization())


class TenantModel(models.Model):
    """A row that belongs to one business. Subclasses with natural keys declare their own CompositePrimaryKey."""

    PLACEMENT: ClassVar[str] = "distributed"
    APPEND_ONLY: ClassVar[bool] = False

    pk = models.CompositePrimaryKey("organization_id", "id")
    organization = models.ForeignKey("kernel.Organization", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    id = CompactUUIDField(default=new_id, editable=False)

    objects = TenantManager()

    organization_id: uuid.UUID

    class Meta:
        abstract = True


class TenantRow(models.Model):
    """A tenant row whose key is not an id of its own: the subclass states its CompositePrimaryKey."""

    PLACEMENT: ClassVar[str] = "distributed"
    APPEND_ONLY: ClassVar[bool] = False

    organization = models.ForeignKey("kernel.Organization", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)

    objects = TenantManager()

    organization_id: uuid.UUID

    class Meta:
        abstract = True
