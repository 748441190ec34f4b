"""Exports of known systems with their real column names, invented people and articles, and figures added up by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.data.shop.order_files import Case, file

FOLDER = Path(__file__).parent / "exports_of"


def export(name: str, encoding: str = "utf-8") -> Callable[[Path], Path]:
    """The export of that name, written in an encoding of its system."""
    return file((FOLDER / name).read_text("utf-8"), name, encoding)


def person(orders: int, revenue: float, last: str) -> dict[str, Any]:
    return {"orders": orders, "revenue": revenue, "last": last}


EXPORTS = [
    Case(
        "Etsy, items",
        export("etsy_items.csv"),
        None,
        {"coolbuyer42": person(1, 39.0, "2025-08-14"), "otherbuyer": person(1, 4.5, "2025-09-02")},
        told="Etsy",
    ),
    Case(
        "Etsy, orders",
        export("etsy_orders.csv"),
        None,
        {"u1": person(1, 74.04, "2025-12-30"), "u2": person(1, 12.0, "2025-12-31")},
        told="Etsy",
    ),
    Case(
        "eBay, German",
        export("ebay_german.csv", encoding="utf-8-sig"),
        None,
        {"kaeufer_a": person(1, 1116.99, "2025-12-10"), "kaeufer_b": person(1, 28.5, "2025-03-03")},
        told="eBay",
    ),
    Case(
        "Amazon, all orders",
        export("amazon_all.txt"),
        None,
        {"a@m.example": person(1, 39.97, "2026-04-10"), "b@m.example": person(1, 20.0, "2026-04-12")},
        told="Amazon",
    ),
    Case(
        "Douyin",
        export("douyin.csv", encoding="gb18030"),
        None,
        {"13900000001": person(1, 110.0, "2026-05-01"), "13900000003": person(1, 84.0, "2026-05-05")},
        told="Douyin",
    ),
    Case(
        "Pinduoduo",
        export("pinduoduo.csv"),
        None,
        {"甲": person(1, 55.0, "2026-05-01"), "丙": person(1, 55.0, "2026-05-03")},
        told="Pinduoduo",
    ),
    Case(
        "Shopify",
        export("shopify.csv"),
        None,
        {"ann@example.com": person(1, 45.0, "2026-01-02"), "bob@example.com": person(1, 10.0, "2026-01-03")},
        told="Shopify",
    ),
    Case(
        "WooCommerce, articles",
        export("woo.csv"),
        None,
        {"ann@example.com": person(2, 40.0, "2024-05-03")},
        told="WooCommerce",
    ),
    Case(
        "WooCommerce, orders",
        export("woo_total.csv"),
        None,
        {"ann@example.com": person(1, 20.0, "2024-05-01"), "bob@example.com": person(1, 20.0, "2024-05-03")},
        told="WooCommerce",
    ),
    Case(
        "EC-CUBE",
        export("eccube.csv", encoding="cp932"),
        None,
        {"a@example.com": person(1, 3500.0, "2024-05-01"), "b@example.com": person(1, 1000.0, "2024-05-04")},
        told="EC-CUBE",
    ),
    Case(
        "Magento",
        export("magento.csv"),
        None,
        {"ann@example.com": person(1, 20.0, "2024-05-01"), "bob@example.com": person(1, 15.0, "2024-05-03")},
        told="Magento",
    ),
    Case(
        "Taobao, articles",
        export("taobao_items.csv", encoding="gb18030"),
        None,
        {"阿青": person(1, 76.0, "2026-05-01"), "小满": person(1, 57.0, "2026-05-03")},
        told="Taobao",
    ),
    Case(
        "Douyin, the amount taken for a price",
        export("douyin.csv"),
        {
            "order_id": "主订单编号",
            "date": "订单提交时间",
            "customer_id": "收件人",
            "quantity": "商品数量",
            "price": "订单应付金额",
        },
        {"甲": person(1, 110.0, "2026-05-01"), "丙": person(1, 84.0, "2026-05-05")},
        told="total of the line",
    ),
    Case(
        "Shopify, the total taken for a price",
        export("shopify.csv"),
        {
            "order_id": "Name",
            "date": "Created at",
            "customer_id": "Email",
            "quantity": "Lineitem quantity",
            "price": "Subtotal",
        },
        {"ann@example.com": person(1, 45.0, "2026-01-02"), "bob@example.com": person(1, 10.0, "2026-01-03")},
        told="order total",
    ),
    Case(
        "EC-CUBE, the unit price",
        export("eccube.csv", encoding="euc_jp"),
        {
            "order_id": "注文番号",
            "date": "注文日時",
            "customer_id": "会員ID",
            "quantity": "個数",
            "price": "価格",
            "product": "商品コード",
        },
        {"1": person(1, 3500.0, "2024-05-01"), "2": person(1, 1000.0, "2024-05-04")},
    ),
]
