"""The API in OpenAPI 3.1, for the office systems that call it."""

from __future__ import annotations

from typing import Any

from govlint.version import __version__

_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": "报告 · the report; its name tells the kind of file",
        },
        "previous": {
            "type": "string",
            "format": "binary",
            "description": "上年的报告，用于两年核对 · last year's report, to hold this one against",
        },
        "lang": {
            "type": "string",
            "enum": ["zh", "en"],
            "description": "文字的语言 · language of the messages",
        },
        "template": {
            "type": "string",
            "description": "模板编号，默认自动识别 · template id, found by default",
        },
    },
}
_BODY = {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}
_ERROR = {"$ref": "#/components/schemas/Error"}


def description() -> dict[str, Any]:
    """The whole of it; ``docs/schema/check.schema.json`` describes findings field by field."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "govlint",
            "version": __version__,
            "description": "年度报告检查 · checks annual reports",
        },
        "paths": {
            "/api/check": {
                "post": {
                    "operationId": "check",
                    "summary": "检查一份报告；不能读取的文件也答复 200 · Check a document; 200 also where it cannot be read",
                    "requestBody": _BODY,
                    "responses": {"200": _json("Envelope"), **_refusals()},
                }
            },
            "/api/annotate": {
                "post": {
                    "operationId": "annotate",
                    "summary": "把问题写成批注 · Write the findings into the document",
                    "requestBody": _BODY,
                    "responses": {"200": _FILE, **_refusals()},
                }
            },
            "/api/health": {
                "get": {
                    "operationId": "health",
                    "summary": "版本 · version",
                    "responses": {"200": _json("Health")},
                }
            },
        },
        "components": {"schemas": _SCHEMAS},
    }


_FILE = {
    "description": "带批注的文件，文件名在 Content-Disposition 中 · the annotated document, named in Content-Disposition",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


def _json(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": name, "content": {"application/json": {"schema": schema}}}


def _refusals() -> dict[str, Any]:
    told = {
        "403": "来自其他网站 · posted from another site",
        "413": "文件过大 · too large",
        "421": "不是本机的地址 · not the desk's own name",
        "422": "没有文件，或选项有误 · no file, or a wrong choice",
        "503": "繁忙 · busy",
    }
    return {
        code: {"description": words, "content": {"application/json": {"schema": _ERROR}}}
        if code in ("413", "422", "503")
        else {"description": words}
        for code, words in told.items()
    }


_TEXT = {"type": "string"}
_MAYBE_TEXT = {"type": ["string", "null"]}
_COUNTS = {"type": "object", "additionalProperties": {"type": "integer"}}
_SCHEMAS: dict[str, Any] = {
    "Health": {"type": "object", "required": ["govlint"], "properties": {"govlint": _TEXT}},
    "Error": {"type": "object", "required": ["error"], "properties": {"error": _TEXT}},
    "Envelope": {
        "type": "object",
        "required": ["govlint", "documents", "summary"],
        "properties": {
            "govlint": _TEXT,
            "documents": {"type": "array", "items": {"$ref": "#/components/schemas/Document"}},
            "summary": {
                "type": "object",
                "required": ["documents", "severity", "status", "verdict"],
                "properties": {
                    "documents": {"type": "integer"},
                    "severity": _COUNTS,
                    "status": _COUNTS,
                    "verdict": _COUNTS,
                },
            },
        },
    },
    "Document": {
        "type": "object",
        "required": ["path", "sha256", "status", "verdict", "error", "findings", "unchecked"],
        "properties": {
            "path": _TEXT,
            "sha256": _TEXT,
            "status": {"enum": ["checked", "unreadable", "not_a_report"]},
            "verdict": {"enum": ["pass", "fail", "incomplete"]},
            "error": _MAYBE_TEXT,
            "template": _MAYBE_TEXT,
            "agency": _MAYBE_TEXT,
            "year": {"type": ["integer", "null"]},
            "published": _MAYBE_TEXT,
            "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
            "unchecked": {
                "type": "array",
                "items": {"type": "object", "properties": {"code": _TEXT, "why": _TEXT}},
            },
        },
    },
    "Finding": {
        "type": "object",
        "required": ["code", "severity", "certainty", "message", "place", "cells", "fingerprint"],
        "properties": {
            "code": _TEXT,
            "severity": {"enum": ["error", "warning", "info"]},
            "certainty": {"enum": ["certain", "likely"]},
            "message": _TEXT,
            "place": _TEXT,
            "line": {"type": ["integer", "null"]},
            "cells": {"type": "array", "items": _TEXT},
            "fingerprint": _TEXT,
        },
    },
}
