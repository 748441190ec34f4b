"""Order files of further kinds, each written by hand with the figures a careful reader would get from it.

Years of other eras, digits of other scripts, money in cents, returns that only a column tells, refunds by amount in a
file without products, encodings of old Macs, taxes as lines; and beside them kinds that have always to stay right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crm_lab.base.errors import InputError
from crm_lab.data import read_shop

COLUMNS = {
    "order_id": "order", "date": "date", "customer_id": "email", "product": "sku", "quantity": "qty", "price": "price",
}  # fmt: skip


@dataclass(frozen=True)
class Hard:
    """A file: its text, and by customer the orders that stand and their money ("first": the first day)."""

    name: str
    text: str
    expected: dict[str, Any] | None
    columns: dict[str, str] = field(default_factory=lambda: dict(COLUMNS))
    told: str = ""
    refusal: str = ""
    encoding: str = "utf-8"


FILES = [
    Hard(
        "shopee",
        (
            "Order ID,Order Status,Buyer Username,Order Creation Date,SKU Reference No.,Deal "
            "Price,Quantity,Returned quantity,Product Subtotal\n"
            "24A1,Completed,ann,2024-05-01 10:03,MUG,5.00,2,0,10.00\n"
            "24A2,Cancelled,bob,2024-05-02 11:00,MUG,5.00,1,0,5.00\n"
            "24A3,Shipping,bob,2024-05-03 09:00,POT,12.00,1,0,12.00\n"
        ),
        {"ann": (1, 10.0), "bob": (1, 12.0)},
        columns={
            "order_id": "Order ID",
            "date": "Order Creation Date",
            "customer_id": "Buyer Username",
            "product": "SKU Reference No.",
            "quantity": "Quantity",
            "price": "Deal Price",
        },
    ),
    Hard(
        "square",
        (
            "Date,Time,Time Zone,Transaction ID,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,"
            "Event Type,Customer ID\n"
            "05/13/24,10:01:02,Eastern,T1,Mug,2.0,$25.00,-$2.50,$22.50,$1.80,Payment,C1\n"
            '05/14/24,11:01:02,Eastern,T2,Pot,1.0,"$1,234.50",$0.00,"$1,234.50",$98.76,Paymen'
            "t,C2\n"
            "05/15/24,12:00:00,Eastern,T3,Mug,-1.0,-$12.50,$1.25,-$11.25,-$0.90,Refund,C1\n"
        ),
        {"C1": (1, 11.25), "C2": (1, 1234.5)},
        columns={
            "order_id": "Transaction ID",
            "date": "Date",
            "customer_id": "Customer ID",
            "product": "Item",
            "quantity": "Qty",
            "amount": "Net Sales",
        },
    ),
    Hard(
        "stripe",
        (
            "id,Created date (UTC),Amount,Amount Refunded,Currency,Status,Customer Email\n"
            "ch_1,2024-05-01 10:00:00,25.00,0.00,eur,Paid,a@x.org\n"
            "ch_2,2024-05-02 10:00:00,40.00,10.00,eur,Partial refund,b@x.org\n"
            "ch_3,2024-05-03 10:00:00,99.00,0.00,eur,Failed,b@x.org\n"
            "ch_4,2024-05-04 10:00:00,15.00,15.00,eur,Refunded,a@x.org\n"
        ),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 30.0)},
        columns={"order_id": "id", "date": "Created date (UTC)", "customer_id": "Customer Email", "amount": "Amount"},
    ),
    Hard(
        "paypal de",
        (
            "Datum;Uhrzeit;Name;Typ;Status;Währung;Brutto;Gebühr;Netto;Transaktionscode;Absen"
            "der E-Mail-Adresse\n"
            "13.05.2024;10:01:02;Ann;Website-Zahlung;Abgeschlossen;EUR;1.234,56;-12,00;1.222,"
            "56;T1;a@x.org\n"
            "14.05.2024;10:01:02;Bo;Website-Zahlung;Abgeschlossen;EUR;12,50;-0,50;12,00;T2;b@"
            "x.org\n"
            "15.05.2024;10:01:02;Bo;Rückzahlung;Abgeschlossen;EUR;-12,50;0,00;-12,50;T3;b@x.o"
            "rg\n"
        ),
        {"a@x.org": (1, 1234.56)},
        columns={
            "order_id": "Transaktionscode",
            "date": "Datum",
            "customer_id": "Absender E-Mail-Adresse",
            "amount": "Brutto",
        },
    ),
    Hard(
        "indian",
        ('order,date,email,sku,qty,price\n1,31-Mar-24,a@x.org,M,1,"₹1,23,456.00"\n2,01-Apr-24,b@x.org,M,2,₹999.50\n'),
        {"a@x.org": (1, 123456.0), "b@x.org": (1, 1999.0)},
    ),
    Hard(
        "rakuten",
        (
            "注文番号,注文日時,注文者メールアドレス,商品名,個数,単価\n"
            '1001,2024-03-05 12:00:00,a@x.org,茶碗,２,"１,２００円"\n'
            '1002,2024-03-06 12:00:00,b@x.org,急須,1,"3,500円"\n'
        ),
        {"a@x.org": (1, 2400.0), "b@x.org": (1, 3500.0)},
        columns={
            "order_id": "注文番号",
            "date": "注文日時",
            "customer_id": "注文者メールアドレス",
            "product": "商品名",
            "quantity": "個数",
            "price": "単価",
        },
        encoding="cp932",
    ),
    Hard(
        "buddhist",
        ("order,date,email,sku,qty,price\n1,13/05/2567,a@x.org,M,1,฿120.00\n2,14/05/2567,b@x.org,M,2,฿99.50\n"),
        {"a@x.org": (1, 120.0), "b@x.org": (1, 199.0)},
        told="2567",
    ),
    Hard(
        "hungarian",
        ("order;date;email;sku;qty;price\n1;2024. 05. 13.;a@x.org;M;1;12 500 Ft\n2;2024. 05. 14.;b@x.org;M;2;990 Ft\n"),
        {"a@x.org": (1, 12500.0), "b@x.org": (1, 1980.0)},
    ),
    Hard(
        "norwegian",
        (
            "order;date;email;sku;qty;price\n"
            "1;13.05.24 kl. 14.30;a@x.org;M;1 stk;kr 1\xa0234,50\n"
            "2;14.05.24 kl. 08.05;b@x.org;M;2 stk;kr 99,00\n"
        ),
        {"a@x.org": (1, 1234.5), "b@x.org": (1, 198.0)},
    ),
    Hard(
        "us ampm parens",
        (
            "order,date,email,sku,qty,price\n"
            "1,5/1/24 3:05 PM,a@x.org,M,2,$12.50\n"
            "2,5/13/24 12:10 AM,b@x.org,P,1,$40.00\n"
            "3,5/14/24 9:00 AM,a@x.org,M,1,($12.50)\n"
        ),
        {"a@x.org": (1, 12.5), "b@x.org": (1, 40.0)},
    ),
    Hard(
        "comments",
        (
            "# exported by shop 1.2\n"
            "# from 2024-05-01\n"
            "order,date,email,sku,qty,price\n"
            '1,2024-05-01,a@x.org,"Mug, ""blue""\n'
            'large",2,12.50\n'
            "2,2024-05-02,b@x.org,P;Q,1,40.00\n"
        ),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 40.0)},
    ),
    Hard(
        "two headers",
        (
            ",Order,,Item,,\n"
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01,a@x.org,M,2,12.50\n"
            "2,2024-05-02,b@x.org,P,1,40.00\n"
        ),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 40.0)},
    ),
    Hard(
        "header repeats",
        (
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01,a@x.org,M,2,12.50\n"
            "order,date,email,sku,qty,price\n"
            "2,2024-05-02,b@x.org,P,1,40.00\n"
        ),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 40.0)},
    ),
    Hard(
        "customer totals",
        (
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01,a@x.org,M,2,12.50\n"
            "3,2024-05-03,a@x.org,M,1,12.50\n"
            "Total for a@x.org,,,,3,37.50\n"
            "2,2024-05-02,b@x.org,P,1,40.00\n"
            "Total for b@x.org,,,,1,40.00\n"
        ),
        {"a@x.org": (2, 37.5), "b@x.org": (1, 40.0)},
    ),
    Hard(
        "order discount repeated",
        (
            "order,date,email,sku,qty,price,discount\n"
            "1,2024-05-01,a@x.org,M,2,10.00,3.00\n"
            "1,2024-05-01,a@x.org,P,1,20.00,3.00\n"
            "2,2024-05-02,b@x.org,P,1,20.00,0.00\n"
            "3,2024-05-03,b@x.org,M,1,10.00,1.00\n"
            "3,2024-05-03,b@x.org,P,1,20.00,1.00\n"
        ),
        {"a@x.org": (1, 37.0), "b@x.org": (2, 49.0)},
        columns={
            "order_id": "order",
            "date": "date",
            "customer_id": "email",
            "product": "sku",
            "quantity": "qty",
            "price": "price",
            "discount": "discount",
        },
    ),
    Hard(
        "percent discount",
        (
            "order,date,email,sku,qty,price,discount\n"
            "1,2024-05-01,a@x.org,M,2,10.00,10%\n"
            "2,2024-05-02,b@x.org,P,1,20.00,0%\n"
        ),
        {"a@x.org": (1, 18.0), "b@x.org": (1, 20.0)},
        columns={
            "order_id": "order",
            "date": "date",
            "customer_id": "email",
            "product": "sku",
            "quantity": "qty",
            "price": "price",
            "discount": "discount",
        },
    ),
    Hard(
        "iso offset",
        (
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01T23:30:00-05:00,a@x.org,M,2,12.50\n"
            "2,2024-05-02T08:00:00-05:00,b@x.org,P,1,40.00\n"
        ),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 40.0), "first": "2024-05-01"},
    ),
    Hard(
        "errors in cells",
        (
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01,a@x.org,M,2,12.50\n"
            "2,2024-05-02,b@x.org,P,1,#REF!\n"
            "3,2024-05-03,b@x.org,P,1,#N/A\n"
            "4,2024-05-03,b@x.org,P,1,40.00\n"
        ),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 40.0)},
        told="not a number",
    ),
    Hard(
        "tax lines",
        (
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01,a@x.org,MUG-1,2,12.50\n"
            "1,2024-05-01,a@x.org,Sales tax,1,2.00\n"
            "2,2024-05-02,b@x.org,POT-1,1,40.00\n"
            "2,2024-05-02,b@x.org,Sales tax,1,3.20\n"
        ),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 40.0)},
        told="ees",
    ),
    Hard(
        "roc year",
        ("訂單編號,訂單日期,買家帳號,商品名稱,數量,單價\nA1,113/05/01,wang,茶杯,2,120\nA2,113/05/13,lin,茶壺,1,1350\n"),
        {"wang": (1, 240.0), "lin": (1, 1350.0), "first": "2024-05-01"},
        columns={
            "order_id": "訂單編號",
            "date": "訂單日期",
            "customer_id": "買家帳號",
            "product": "商品名稱",
            "quantity": "數量",
            "price": "單價",
        },
        encoding="big5",
    ),
    Hard(
        "russian",
        (
            "Номер заказа;Дата;Клиент;Товар;Количество;Цена\n"
            "1;13 мая 2024 г., 14:30;Иванов;Кружка;2;1 250,50 руб.\n"
            "2;14 июня 2024 г., 9:05;Петров;Чайник;1;3 000,00 руб.\n"
        ),
        {"Иванов": (1, 2501.0), "Петров": (1, 3000.0)},
        columns={
            "order_id": "Номер заказа",
            "date": "Дата",
            "customer_id": "Клиент",
            "product": "Товар",
            "quantity": "Количество",
            "price": "Цена",
        },
        encoding="cp1251",
    ),
    Hard(
        "cents",
        ("order,date,email,sku,qty,price_cents\n1,2024-05-01,a@x.org,M,2,1250\n2,2024-05-02,b@x.org,P,1,4000\n"),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 40.0)},
        columns={
            "order_id": "order",
            "date": "date",
            "customer_id": "email",
            "product": "sku",
            "quantity": "qty",
            "price": "price_cents",
        },
        told="cents",
    ),
    Hard(
        "quantity text",
        (
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01,a@x.org,M,x2,12.50\n"
            "2,2024-05-02,b@x.org,P,1x,40.00\n"
            "3,2024-05-03,b@x.org,P,1 (one),40.00\n"
        ),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 40.0)},
        told="uantity",
    ),
    Hard(
        "exchange",
        (
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01,a@x.org,MUG,2,10.00\n"
            "2,2024-05-05,a@x.org,MUG,-1,10.00\n"
            "2,2024-05-05,a@x.org,POT,1,15.00\n"
            "3,2024-05-06,b@x.org,POT,1,15.00\n"
        ),
        {"a@x.org": (2, 25.0), "b@x.org": (1, 15.0)},
    ),
    Hard(
        "vietnam",
        ("order,date,email,sku,qty,price\n1,13/05/2024,a@x.org,M,2,150.000 ₫\n2,14/05/2024,b@x.org,P,1,1.250.000 ₫\n"),
        {"a@x.org": (1, 300000.0), "b@x.org": (1, 1250000.0)},
    ),
    Hard(
        "indonesia",
        ("order;date;email;sku;qty;price\n1;13/05/2024;a@x.org;M;2;Rp150.000\n2;14/05/2024;b@x.org;P;1;Rp75.000\n"),
        {"a@x.org": (1, 300000.0), "b@x.org": (1, 75000.0)},
    ),
    Hard(
        "korean",
        (
            "주문번호,주문일,고객,상품,수량,단가\n"
            '1,2024. 5. 1 오후 3:22,kim,M,2,"12,500원"\n'
            '2,2024. 5. 13 오전 9:05,lee,P,1,"40,000원"\n'
        ),
        {"kim": (1, 25000.0), "lee": (1, 40000.0)},
        columns={
            "order_id": "주문번호",
            "date": "주문일",
            "customer_id": "고객",
            "product": "상품",
            "quantity": "수량",
            "price": "단가",
        },
        encoding="cp949",
    ),
    Hard(
        "guests mix",
        (
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01,a@x.org,M,2,10\n"
            "2,2024-05-02,GUEST,M,1,10\n"
            "3,2024-05-03,Walk-in customer,M,1,10\n"
            "4,2024-05-04,A@X.ORG ,M,1,10\n"
            "5,2024-05-05,n/a,M,1,10\n"
        ),
        {"a@x.org": (2, 30.0)},
    ),
    Hard(
        "status two cols",
        (
            "order,date,email,sku,qty,price,payment status,fulfillment status\n"
            "1,2024-05-01,a@x.org,M,2,10,paid,fulfilled\n"
            "2,2024-05-02,b@x.org,M,1,10,refunded,fulfilled\n"
            "3,2024-05-03,b@x.org,M,1,10,paid,unfulfilled\n"
        ),
        {"a@x.org": (1, 20.0), "b@x.org": (1, 10.0)},
    ),
    Hard(
        "returns table rows",
        (
            "order,date,email,sku,qty,price,type\n"
            "1,2024-05-01,a@x.org,M,2,10,sale\n"
            "1,2024-05-09,a@x.org,M,1,10,return\n"
            "2,2024-05-02,b@x.org,P,1,20,sale\n"
        ),
        {"a@x.org": (1, 10.0), "b@x.org": (1, 20.0)},
        told="type",
    ),
    Hard(
        "qty zero price total",
        ("order,date,email,sku,qty,amount\n1,2024-05-01,a@x.org,M,0,20.00\n2,2024-05-02,b@x.org,P,1,20.00\n"),
        {"b@x.org": (1, 20.0)},
        columns={
            "order_id": "order",
            "date": "date",
            "customer_id": "email",
            "product": "sku",
            "quantity": "qty",
            "amount": "amount",
        },
        told="0",
    ),
    Hard(
        "neg partial total",
        (
            "order,date,email,total\n"
            "1,2024-05-01,a@x.org,50.00\n"
            "2,2024-05-02,b@x.org,20.00\n"
            "R1,2024-05-10,a@x.org,-15.00\n"
        ),
        {"a@x.org": (1, 35.0), "b@x.org": (1, 20.0)},
        columns={"order_id": "order", "date": "date", "customer_id": "email", "total": "total"},
    ),
    Hard(
        "discount negative col",
        (
            "order,date,email,sku,qty,price,discount\n"
            "1,2024-05-01,a@x.org,M,2,10.00,-3.00\n"
            "2,2024-05-02,b@x.org,P,1,20.00,0.00\n"
        ),
        {"a@x.org": (1, 17.0), "b@x.org": (1, 20.0)},
        columns={
            "order_id": "order",
            "date": "date",
            "customer_id": "email",
            "product": "sku",
            "quantity": "qty",
            "price": "price",
            "discount": "discount",
        },
    ),
    Hard(
        "euro after dash",
        ("order;date;email;sku;qty;price\n1;01.05.2024;a@x.org;M;2;10,- €\n2;13.05.2024;b@x.org;P;1;1.020,-- €\n"),
        {"a@x.org": (1, 20.0), "b@x.org": (1, 1020.0)},
    ),
    Hard(
        "bulk price falls",
        (
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01,a@x.org,M,1,10.00\n"
            "2,2024-05-02,b@x.org,M,10,9.00\n"
            "3,2024-05-03,c@x.org,M,100,8.00\n"
        ),
        {"a@x.org": (1, 10.0), "b@x.org": (1, 90.0), "c@x.org": (1, 800.0)},
    ),
    Hard(
        "french text",
        ("commande;date;client;produit;qté;prix\n1;1er mai 2024;Zoé;Thé;2;10,00\n2;13 juin 2024;Léa;Café;1;20,00\n"),
        {"Zoé": (1, 20.0), "Léa": (1, 20.0)},
        columns={
            "order_id": "commande",
            "date": "date",
            "customer_id": "client",
            "product": "produit",
            "quantity": "qté",
            "price": "prix",
        },
        encoding="cp1252",
    ),
    Hard(
        "mac roman",
        ("commande;date;client;produit;qté;prix\n1;01/05/2024;Zoé;Thé;2;10,00\n2;13/06/2024;Léa;Café;1;20,00\n"),
        {"Zoé": (1, 20.0), "Léa": (1, 20.0)},
        columns={
            "order_id": "commande",
            "date": "date",
            "customer_id": "client",
            "product": "produit",
            "quantity": "qté",
            "price": "prix",
        },
        encoding="mac_roman",
    ),
    Hard(
        "latin9 euro",
        ("order;date;email;sku;qty;price\n1;01.05.2024;Zoë;M;2;10,00 €\n2;13.05.2024;Bo;P;1;20,00 €\n"),
        {"Zoë": (1, 20.0), "Bo": (1, 20.0)},
        encoding="iso8859-15",
    ),
    Hard(
        "arabic digits",
        ("order,date,email,sku,qty,price\n1,٢٠٢٤-٠٥-٠١,a@x.org,M,٢,١٢٫٥٠\n2,٢٠٢٤-٠٥-١٣,b@x.org,P,١,٤٠٫٠٠\n"),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 40.0)},
    ),
    Hard(
        "wix",
        (
            '"Order number","Date created","Time","Total order quantity","Contact email","Ite'
            'm","SKU","Qty","Quantity refunded","Price","Currency","Subtotal","Shipping rate"'
            ',"Total","Payment status","Fulfillment status"\n'
            '10001,"Jan 5, 2024","10:01:02 AM",3,a@x.org,Mug,M,2,0,10.00,EUR,35.00,5.00,40.00'
            ",Paid,Fulfilled\n"
            '10001,"Jan 5, 2024","10:01:02 AM",3,a@x.org,Pot,P,1,0,15.00,EUR,35.00,5.00,40.00'
            ",Paid,Fulfilled\n"
            '10002,"Jan 13, 2024","9:01:02 PM",1,b@x.org,Pot,P,1,0,15.00,EUR,15.00,5.00,20.00'
            ",Unpaid,Not Fulfilled\n"
        ),
        {"a@x.org": (1, 35.0)},
        columns={
            "order_id": "Order number",
            "date": "Date created",
            "customer_id": "Contact email",
            "product": "SKU",
            "quantity": "Qty",
            "price": "Price",
        },
        told="npaid",
    ),
    Hard(
        "prestashop",
        (
            "ID;Référence;Nouveau client;Client;Total;Paiement;État;Date\n"
            "1;XKBKNABJK;1;J. DOE;25,00 €;Chèque;Paiement accepté;13/05/2024 10:01\n"
            "2;OHSATSERP;0;A. BO;1 240,50 €;Carte;Annulé;14/05/2024 10:01\n"
            "3;OHSATSERQ;0;A. BO;40,50 €;Carte;Livré;15/05/2024 10:01\n"
        ),
        {"J. DOE": (1, 25.0), "A. BO": (1, 40.5)},
        columns={"order_id": "Référence", "date": "Date", "customer_id": "Client", "total": "Total", "status": "État"},
    ),
    Hard(
        "mercadolibre",
        (
            "Ventas,,,,,\n"
            "Estado al 20 de mayo de 2024,,,,,\n"
            "N.° de venta,Fecha de venta,Estado,Unidades,Ingresos por productos (ARS),Comprad"
            "or\n"
            '2000001,13 de mayo de 2024 10:05 hs.,Entregado,2,"25.000,50",Ana\n'
            '2000002,14 de junio de 2024 22:15 hs.,Cancelada por el comprador,1,"10.000,00",B'
            "eto\n"
            '2000003,15 de junio de 2024 22:15 hs.,Entregado,1,"10.000,00",Beto\n'
        ),
        {"Ana": (1, 25000.5), "Beto": (1, 10000.0)},
        columns={
            "order_id": "N.° de venta",
            "date": "Fecha de venta",
            "customer_id": "Comprador",
            "quantity": "Unidades",
            "amount": "Ingresos por productos (ARS)",
            "status": "Estado",
        },
    ),
    Hard(
        "lazada",
        (
            "orderNumber,createTime,status,customerName,sellerSku,unitPrice,paidPrice\n"
            "501,13 May 2024 10:05,delivered,Ann,M,10.00,9.00\n"
            "501,13 May 2024 10:05,delivered,Ann,M,10.00,9.00\n"
            "502,14 May 2024 10:05,canceled,Bo,P,15.00,15.00\n"
            "503,15 May 2024 10:05,returned,Bo,P,15.00,15.00\n"
            "504,16 May 2024 10:05,shipped,Bo,P,15.00,15.00\n"
        ),
        {"Ann": (1, 18.0), "Bo": (1, 15.0)},
        columns={
            "order_id": "orderNumber",
            "date": "createTime",
            "customer_id": "customerName",
            "product": "sellerSku",
            "amount": "paidPrice",
        },
    ),
    Hard(
        "tokopedia",
        (
            "Laporan Penjualan\n"
            "Periode 01/05/2024 - 31/05/2024\n"
            "\n"
            "Nomor Pesanan;Tanggal Pembayaran;Status Pesanan;Nama Pembeli;Nama Produk;Jumlah "
            "Produk Dibeli;Harga Jual (IDR)\n"
            "INV/1;13-05-2024 10:05:00;Pesanan Selesai;Ani;Cangkir;2;Rp 150.000\n"
            "INV/2;14-05-2024 10:05:00;Pesanan Dibatalkan;Budi;Teko;1;Rp 75.000\n"
            "INV/3;15-05-2024 10:05:00;Pesanan Selesai;Budi;Teko;1;Rp 75.000\n"
        ),
        {"Ani": (1, 300000.0), "Budi": (1, 75000.0)},
        columns={
            "order_id": "Nomor Pesanan",
            "date": "Tanggal Pembayaran",
            "customer_id": "Nama Pembeli",
            "product": "Nama Produk",
            "quantity": "Jumlah Produk Dibeli",
            "price": "Harga Jual (IDR)",
            "status": "Status Pesanan",
        },
    ),
    Hard(
        "allegro",
        (
            "Numer zamówienia;Data zakupu;Kupujący;Oferta;Liczba sztuk;Cena;Status\n"
            "A1;13.05.2024 10:05;ania;Kubek;2;12,50 zł;Wysłane\n"
            "A2;14.05.2024 10:05;bartek;Garnek;1;1 240,00 zł;Anulowane\n"
            "A3;15.05.2024 10:05;bartek;Garnek;1;1 240,00 zł;Zwrócone\n"
            "A4;16.05.2024 10:05;bartek;Garnek;1;1 240,00 zł;Odebrane\n"
        ),
        {"ania": (1, 25.0), "bartek": (1, 1240.0)},
        columns={
            "order_id": "Numer zamówienia",
            "date": "Data zakupu",
            "customer_id": "Kupujący",
            "product": "Oferta",
            "quantity": "Liczba sztuk",
            "price": "Cena",
            "status": "Status",
        },
        encoding="cp1250",
    ),
    Hard(
        "turkish",
        (
            "Sipariş No;Sipariş Tarihi;Müşteri;Ürün;Adet;Birim Fiyat;Durum\n"
            "1;13.05.2024 10:05;Ayşe;Kupa;2;1.250,50 TL;Teslim Edildi\n"
            "2;14.05.2024 10:05;Işıl;Tencere;1;40,00 TL;İptal Edildi\n"
            "3;15.05.2024 10:05;Işıl;Tencere;1;40,00 TL;İade Edildi\n"
            "4;16.05.2024 10:05;Işıl;Tencere;1;40,00 TL;Kargoda\n"
        ),
        {"Ayşe": (1, 2501.0), "Işıl": (1, 40.0)},
        columns={
            "order_id": "Sipariş No",
            "date": "Sipariş Tarihi",
            "customer_id": "Müşteri",
            "product": "Ürün",
            "quantity": "Adet",
            "price": "Birim Fiyat",
            "status": "Durum",
        },
        encoding="cp1254",
    ),
    Hard(
        "czech",
        (
            "Číslo objednávky;Datum;Zákazník;Zboží;Počet;Cena;Stav\n"
            "1;13. 5. 2024 10:05;Žofie;Hrnek;2;1 250,50 Kč;Vyřízena\n"
            "2;14. 5. 2024 10:05;Řehoř;Konvice;1;40,00 Kč;Storno\n"
            "3;15. 5. 2024 10:05;Řehoř;Konvice;1;40,00 Kč;Odesláno\n"
        ),
        {"Žofie": (1, 2501.0), "Řehoř": (1, 40.0)},
        columns={
            "order_id": "Číslo objednávky",
            "date": "Datum",
            "customer_id": "Zákazník",
            "product": "Zboží",
            "quantity": "Počet",
            "price": "Cena",
            "status": "Stav",
        },
        encoding="cp1250",
    ),
    Hard(
        "italian",
        (
            "Numero ordine;Data;Cliente;Articolo;Quantità;Prezzo unitario;Stato\n"
            "1;13 mag 2024;Anna;Tazza;2;€ 12,50;Spedito\n"
            "2;14 giu 2024;Bea;Pentola;1;€ 1.240,00;Annullato\n"
            "3;15 giu 2024;Bea;Pentola;1;€ 1.240,00;Consegnato\n"
        ),
        {"Anna": (1, 25.0), "Bea": (1, 1240.0)},
        columns={
            "order_id": "Numero ordine",
            "date": "Data",
            "customer_id": "Cliente",
            "product": "Articolo",
            "quantity": "Quantità",
            "price": "Prezzo unitario",
            "status": "Stato",
        },
    ),
    Hard(
        "swedish",
        (
            "Ordernr;Datum;Kund;Antal;Pris;Status\n"
            "1;2024-05-13;Åsa;2;12,50 kr;Levererad\n"
            "2;2024-05-14;Örjan;1;1 240,00 kr;Makulerad\n"
            "3;2024-05-15;Örjan;1;1 240,00 kr;Skickad\n"
        ),
        {"Åsa": (1, 25.0), "Örjan": (1, 1240.0)},
        columns={
            "order_id": "Ordernr",
            "date": "Datum",
            "customer_id": "Kund",
            "quantity": "Antal",
            "price": "Pris",
            "status": "Status",
        },
        encoding="cp1252",
    ),
    Hard(
        "portuguese br",
        (
            "Número do Pedido;Data;Cliente;Produto;Quantidade;Preço;Situação\n"
            "1;13/05/2024 10h05;Ana;Caneca;2;R$ 12,50;Entregue\n"
            "2;14/05/2024 10h05;Beto;Panela;1;R$ 1.240,00;Cancelado\n"
            "3;15/05/2024 10h05;Beto;Panela;1;R$ 1.240,00;Enviado\n"
        ),
        {"Ana": (1, 25.0), "Beto": (1, 1240.0)},
        columns={
            "order_id": "Número do Pedido",
            "date": "Data",
            "customer_id": "Cliente",
            "product": "Produto",
            "quantity": "Quantidade",
            "price": "Preço",
            "status": "Situação",
        },
    ),
    Hard(
        "japanese status",
        (
            "注文番号,注文日,顧客ID,商品コード,数量,単価,ステータス\n"
            "1,2024年5月13日,k1,A,2,1200,発送済み\n"
            "2,2024年5月14日,k2,B,1,3500,キャンセル\n"
            "3,2024年5月15日,k2,B,1,3500,入金済み\n"
            "4,2024年5月16日,k1,B,1,3500,返品\n"
        ),
        {"k1": (1, 2400.0), "k2": (1, 3500.0)},
        columns={
            "order_id": "注文番号",
            "date": "注文日",
            "customer_id": "顧客ID",
            "product": "商品コード",
            "quantity": "数量",
            "price": "単価",
            "status": "ステータス",
        },
        encoding="cp932",
    ),
    Hard(
        "discount in lines de",
        (
            "Bestellnr;Datum;Kunde;Artikel;Menge;Preis\n"
            "1;13.05.2024;Anna;TASSE-1;2;12,50\n"
            "1;13.05.2024;Anna;Gutschein SOMMER10;1;-2,50\n"
            "1;13.05.2024;Anna;Versandkosten;1;4,90\n"
            "2;14.05.2024;Bea;TOPF-1;1;40,00\n"
            "2;14.05.2024;Bea;Rabatt 10%;1;-4,00\n"
        ),
        {"Anna": (1, 22.5), "Bea": (1, 36.0)},
        columns={
            "order_id": "Bestellnr",
            "date": "Datum",
            "customer_id": "Kunde",
            "product": "Artikel",
            "quantity": "Menge",
            "price": "Preis",
        },
    ),
    Hard(
        "order twice corrected",
        (
            "order,date,email,sku,qty,price,status\n"
            "1,2024-05-01,a@x.org,M,2,10,pending payment\n"
            "1,2024-05-01,a@x.org,M,2,10,paid\n"
            "2,2024-05-02,b@x.org,P,1,20,paid\n"
        ),
        {"a@x.org": (1, 20.0), "b@x.org": (1, 20.0)},
    ),
    Hard(
        "amount and unit both",
        (
            "order,date,email,sku,qty,unit price,amount\n"
            "1,2024-05-01,a@x.org,M,2,10,20\n"
            "2,2024-05-02,b@x.org,P,3,20,60\n"
        ),
        {"a@x.org": (1, 20.0), "b@x.org": (1, 60.0)},
        columns={
            "order_id": "order",
            "date": "date",
            "customer_id": "email",
            "product": "sku",
            "quantity": "qty",
            "price": "amount",
        },
        told="amount",
    ),
    Hard(
        "bundle zero lines",
        (
            "order,date,email,sku,qty,price\n"
            "1,2024-05-01,a@x.org,SET,1,50.00\n"
            "1,2024-05-01,a@x.org,SET-PART1,1,0.00\n"
            "1,2024-05-01,a@x.org,SET-PART2,1,0.00\n"
            "2,2024-05-02,b@x.org,P,1,20\n"
        ),
        {"a@x.org": (1, 50.0), "b@x.org": (1, 20.0)},
        told="Price 0",
    ),
    Hard(
        "japanese era",
        ("order,date,email,sku,qty,price\n1,令和6年5月1日,a@x.org,M,2,12.50\n2,R6.5.13,b@x.org,P,1,40.00\n"),
        {"a@x.org": (1, 25.0), "b@x.org": (1, 40.0), "first": "2024-05-01"},
        told="another beginning",
    ),
]


def figures(shop: Any) -> dict[str, Any]:
    """By customer the orders that stand and their money."""
    kept = shop.orders[shop.orders["status"] == "delivered"]
    sums = kept.groupby("customer_id")["revenue"].agg(["size", "sum"]).round(2)
    return {who: (int(row["size"]), float(row["sum"])) for who, row in sums.iterrows()}


@pytest.mark.parametrize("hard", FILES, ids=lambda hard: hard.name)
def test_a_hard_file_is_read_right_or_refused(hard: Hard, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(hard.text.encode(hard.encoding))
    if hard.expected is None:
        with pytest.raises(InputError, match=hard.refusal):
            read_shop(path, hard.columns)
        return
    shop = read_shop(path, hard.columns)
    expected = dict(hard.expected)
    first = expected.pop("first", None)
    assert figures(shop) == expected
    assert hard.told in " | ".join(shop.problems["problem"] + ": " + shop.problems["action"])
    assert first in (None, f"{shop.orders['ordered_at'].min():%Y-%m-%d}")


BAD = {
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "not a text file but PNG"),
    "a photograph": (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)), "not a text file but JPEG"),
    "a picture of the web": (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(range(256)), "not a text file but WebP"),
    "a picture of a telephone": (b"\0\0\0\x18ftypheic" + bytes(range(256)), "is not a text file"),
    "a document": (b"{\\rtf1\\ansi order,date}", "not a text file but RTF"),
    "a page to print": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not a text file but PDF"),
    "nothing": (b"", "is empty"),
    "blanks": (b" \r\n\t\r\n", "is empty"),
    "a password": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "an archive": (b"PK\x03\x04\x14\0" + bytes(range(256)), "is an archive"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_order_file_gets_one_sentence(name: str, tmp_path: Path) -> None:
    content, sentence = BAD[name]
    path = tmp_path / "orders.csv"
    path.write_bytes(content)
    for columns in (COLUMNS, None):
        with pytest.raises(InputError, match=sentence) as caught:
            read_shop(path, columns)
        said = str(caught.value)
        assert "\n" not in said
        assert "orders.csv" in said
        assert said.count(". ") <= 1


@pytest.mark.parametrize(
    ("back", "kept", "rest"), [("-15.00", 55.0, ""), ("-60.00", 10.0, ""), ("-90.00", 0, "-20.00")]
)
def test_money_back_without_products_comes_off_the_latest_orders(
    back: str, kept: float, rest: str, tmp_path: Path
) -> None:
    path = tmp_path / "orders.csv"
    rows = ["1,2024-05-01,a@x.org,50.00", "2,2024-05-03,a@x.org,20.00", f"R1,2024-05-10,a@x.org,{back}"]
    path.write_text("\n".join(["order,date,email,total", *rows, "3,2024-06-01,a@x.org,7.00"]))
    shop = read_shop(path, {"order_id": "order", "date": "date", "customer_id": "email", "total": "total"})
    money = shop.orders.set_index("order_id")["revenue"]
    assert money[["1", "2"]].sum() == kept
    assert figures(shop)["a@x.org"][0] == 3 - (back != "-15.00") - (kept == 0)
    assert money["3"] == 7  # bought after the money came back
    assert money["R1"] == float(rest or 0)
    told = dict(zip(shop.problems["problem"], shop.problems["action"], strict=True))
    assert rest in told.get("Credit for more than was bought before", "" if not rest else "nothing told")
    assert bool(rest) == ("Credit for more than was bought before" in told)


def test_two_gigabytes_are_not_read_at_all(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)  # a hole: it takes no room on the disk
    with pytest.raises(InputError, match=r"orders.csv has 2.0 GB, more than fits into memory here. Export one year"):
        read_shop(path, COLUMNS)
