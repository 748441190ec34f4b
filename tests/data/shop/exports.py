"""Exports of known systems with their real column names, invented people and articles, and figures added up by hand."""

from __future__ import annotations

from typing import Any

from tests.data.shop.order_files import Case, file


def person(orders: int, revenue: float, last: str) -> dict[str, Any]:
    return {"orders": orders, "revenue": revenue, "last": last}


ETSY_ITEMS = """Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Country,Order ID,Variations,SKU
08/14/25,Bear | Print,coolbuyer42,2,$18.00,,,,,$4.00,$0.00,$36.00,USD,4001,9001,08/14/25,08/15/25,A,US,3001,,BEAR
08/14/25,Fox | Sticker,coolbuyer42,1,$3.00,,,,,$4.00,$0.00,$3.00,USD,4002,9002,08/14/25,08/15/25,A,US,3001,,FOX
09/02/25,Moon | Card,otherbuyer,1,$5.00,WELCOME10,10% off,$0.50,,$4.50,$0.00,$5.00,USD,4003,9003,09/02/25,09/04/25,B,US,3002,,MOON
"""
ETSY_ORDERS = """Sale Date,Order ID,Buyer User ID,Full Name,Number of Items,Payment Method,Currency,Order Value,Coupon Code,Discount Amount,Shipping Discount,Shipping,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,Buyer,SKU
12/30/25,3001,u1,Ann,3,cc,EUR,82.27,,8.23,0.00,5.00,0.00,79.04,,3.53,70.51,ann,"A,B"
12/31/25,3002,u2,Bob,1,cc,EUR,12.00,,0.00,0.00,4.50,0.00,16.50,,1.00,15.50,bob,A
"""
EBAY_GERMAN = """

"Verkaufsprotokollnummer";"Bestellnummer";"Nutzername des Käufers";"Name des Käufers";"Artikelnummer";"Angebotstitel";"Bestandseinheit";"Anzahl";"Verkauft für";"Verpackung und Versand";"Gesamtbetrag";"Zahlungsmethode";"Verkauft am";"Transaktionsnummer"
"";"";"";"";"";"";"";"";"";"";"";"";"";""
"211";"23-1-1";"kaeufer_a";"A";"33001";"Lampe";"L1";"1";"1.116,99 €";"0,00 €";"1.116,99 €";"PayPal";"10-Dez-25";"t1"
"212";"23-1-2";"kaeufer_b";"B";"33002";"Becher";"B1";"3";"9,50 €";"4,90 €";"33,40 €";"PayPal";"03-Mär-25";"t2"

2;Datensätze heruntergeladen
"""
AMAZON_ALL = """amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\titem-promotion-discount\tbuyer-email
302-1\t\t2026-04-10T09:15:00+00:00\t2026-04-12T09:15:00+00:00\tShipped\tAmazon\tMug\tMUG\tB1\tShipped\t3\tEUR\t44.97\t7.18\t0.00\t5.00\ta@m.example
302-2\t\t2026-04-11T09:15:00+00:00\t2026-04-12T09:15:00+00:00\tCancelled\tAmazon\tMug\tMUG\tB1\tCancelled\t0\tEUR\t\t\t\t\tb@m.example
302-3\t\t2026-04-12T09:15:00+00:00\t2026-04-12T09:15:00+00:00\tShipped\tAmazon\tPot\tPOT\tB2\tShipped\t1\tEUR\t20.00\t3.19\t4.99\t0.00\tb@m.example
"""
DOUYIN = """主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,收件人,收件人手机号,订单提交时间,支付完成时间,订单状态,售后状态,取消原因
"\t6901","\t69011",杯子,红,2,"\t701",CUP-R,30.00,55.00,0.00,甲,13900000001,2026-05-01 10:00:00,2026-05-01 10:01:00,已完成,-,
"\t6901","\t69012",盘子,蓝,1,"\t702",DISH-B,55.00,55.00,0.00,甲,13900000001,2026-05-01 10:00:00,2026-05-01 10:01:00,已完成,售后关闭,
"\t6902","\t69021",杯子,红,1,"\t701",CUP-R,30.00,30.00,0.00,乙,13900000002,2026-05-02 10:00:00,2026-05-02 10:01:00,已完成,退款成功,
"\t6903","\t69031",杯子,红,1,"\t701",CUP-R,30.00,28.00,0.00,丙,13900000003,2026-05-03 10:00:00,,已关闭,-,超时未支付
"\t6904","\t69041",杯子,红,3,"\t701",CUP-R,30.00,84.00,0.00,丙,13900000003,2026-05-05 10:00:00,2026-05-05 10:02:00,已发货,-,
"""
PINDUODUO = """商品,订单号,订单状态,商品总价(元),店铺优惠折扣(元),平台优惠折扣(元),用户实付金额(元),商家实收金额(元),商品数量(件),支付时间,收货人,商品id,售后状态
杯子,\t260501-1,已收货,60.00,5.00,0.00,55.00,55.00,2,2026-05-01 10:00:00,甲,7001,无售后或售后取消
杯子,\t260502-1,已取消,30.00,0.00,0.00,30.00,30.00,1,2026-05-02 10:00:00,乙,7001,退款成功
盘子,\t260503-1,已发货，待收货,55.00,0.00,0.00,55.00,55.00,1,2026-05-03 10:00:00,丙,7002,无售后或售后取消
"""
SHOPIFY = """Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Cancelled at,Refunded Amount,Vendor,Id,Lineitem discount
#1,ann@example.com,paid,2026-01-02,fulfilled,GBP,45.00,5.00,9.00,50.00,TEN,5.00,2026-01-02 10:00:00 +0000,1,Mug,20.00,MUG,Ann,,0.00,V,1,0.00
#1,ann@example.com,,,,,,,,,,,2026-01-02 10:00:00 +0000,3,Pot,10.00,POT,,,,V,,0.00
#2,bob@example.com,pending,,,GBP,10.00,0.00,0.00,10.00,,0.00,2026-01-03 10:00:00 +0000,1,Pot,10.00,POT,Bob,,0.00,V,2,0.00
#3,cy@example.com,paid,2026-01-04,,GBP,10.00,0.00,0.00,10.00,,0.00,2026-01-04 10:00:00 +0000,1,Pot,10.00,POT,Cy,2026-01-05 10:00:00 +0000,0.00,V,3,0.00
"""
WOO = """Order Number,Order Status,Order Date,First Name (Billing),Email (Billing),Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost,Coupon Code
501,Completed,2024-05-01 10:00,Ann,ann@example.com,30.00,4.90,0.00,34.90,MUG,1,Mug,2,10.00,
501,Completed,2024-05-01 10:00,Ann,ann@example.com,30.00,4.90,0.00,34.90,POT,2,Pot,1,10.00,
502,Cancelled,2024-05-02 10:00,Bob,bob@example.com,10.00,4.90,0.00,14.90,POT,1,Pot,1,10.00,
503,Processing,2024-05-03 10:00,Ann,Ann@example.com,10.00,4.90,0.00,14.90,POT,1,Pot,1,10.00,
"""
WOO_TOTAL = """order_id,order_number,order_date,status,shipping_total,discount_total,order_total,refunded_total,order_currency,customer_id,billing_email
1,101,2024-05-01 10:00:00,wc-completed,5.00,0,25.00,0,EUR,0,ann@example.com
2,102,2024-05-02 10:00:00,wc-failed,5.00,0,25.00,0,EUR,0,bob@example.com
3,103,2024-05-03 10:00:00,wc-completed,0.00,0,30.00,10.00,EUR,0,bob@example.com
"""
ECCUBE = """注文ID,注文番号,注文日時,会員ID,メールアドレス,商品コード,商品名,価格,個数,小計,送料,支払合計,対応状況名
1,N1,2024/05/01 10:00,1,a@example.com,CUP,カップ,1000,2,3500,500,4000,発送済み
1,N1,2024/05/01 10:00,1,a@example.com,DISH,皿,1500,1,3500,500,4000,発送済み
2,N2,2024/05/03 10:00,2,b@example.com,DISH,皿,1500,1,1500,500,2000,注文取消し
3,N3,2024/05/04 10:00,2,b@example.com,CUP,カップ,1000,1,1000,500,1500,新規受付
"""
MAGENTO = """ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,Customer Email,Subtotal,Shipping and Handling,Total Refunded
000000001,Main,2024-05-01 10:00:00,Ann,Ann,25.00,$25.00,Complete,ann@example.com,20.00,5.00,0.00
000000002,Main,2024-05-02 10:00:00,Bob,Bob,25.00,$25.00,Canceled,bob@example.com,20.00,5.00,0.00
000000003,Main,2024-05-03 10:00:00,Bob,Bob,15.00,$15.00,Processing,bob@example.com,15.00,0.00,0.00
"""
TAOBAO_ITEMS = """子订单编号,主订单编号,买家会员名,标题,价格,购买数量,商家编码,订单状态,买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间
11,1,阿青,杯子,20.00,2,CUP,交易成功,38.00,没有申请退款,0.00,2026-05-01 08:00:00,2026-05-01 08:00:12
12,1,阿青,盘子,38.00,1,DISH,交易成功,38.00,没有申请退款,0.00,2026-05-01 08:00:00,2026-05-01 08:00:12
21,2,小满,杯子,20.00,1,CUP,交易关闭,20.00,退款成功,20.00,2026-05-02 08:00:00,2026-05-02 08:00:12
31,3,小满,杯子,20.00,3,CUP,卖家已发货，等待买家确认,57.00,没有申请退款,0.00,2026-05-03 08:00:00,2026-05-03 08:00:12
"""
EXPORTS = [
    Case(
        "Etsy, items",
        file(ETSY_ITEMS),
        None,
        {"coolbuyer42": person(1, 39.0, "2025-08-14"), "otherbuyer": person(1, 4.5, "2025-09-02")},
        told="Etsy",
    ),
    Case(
        "Etsy, orders",
        file(ETSY_ORDERS),
        None,
        {"u1": person(1, 74.04, "2025-12-30"), "u2": person(1, 12.0, "2025-12-31")},
        told="Etsy",
    ),
    Case(
        "eBay, German",
        file(EBAY_GERMAN, encoding="utf-8-sig"),
        None,
        {"kaeufer_a": person(1, 1116.99, "2025-12-10"), "kaeufer_b": person(1, 28.5, "2025-03-03")},
        told="eBay",
    ),
    Case(
        "Amazon, all orders",
        file(AMAZON_ALL, "orders.txt"),
        None,
        {"a@m.example": person(1, 39.97, "2026-04-10"), "b@m.example": person(1, 20.0, "2026-04-12")},
        told="Amazon",
    ),
    Case(
        "Douyin",
        file(DOUYIN, encoding="gb18030"),
        None,
        {"13900000001": person(1, 110.0, "2026-05-01"), "13900000003": person(1, 84.0, "2026-05-05")},
        told="Douyin",
    ),
    Case(
        "Pinduoduo",
        file(PINDUODUO),
        None,
        {"甲": person(1, 55.0, "2026-05-01"), "丙": person(1, 55.0, "2026-05-03")},
        told="Pinduoduo",
    ),
    Case(
        "Shopify",
        file(SHOPIFY),
        None,
        {"ann@example.com": person(1, 45.0, "2026-01-02"), "bob@example.com": person(1, 10.0, "2026-01-03")},
        told="Shopify",
    ),
    Case(
        "WooCommerce, articles", file(WOO), None, {"ann@example.com": person(2, 40.0, "2024-05-03")}, told="WooCommerce"
    ),
    Case(
        "WooCommerce, orders",
        file(WOO_TOTAL),
        None,
        {"ann@example.com": person(1, 20.0, "2024-05-01"), "bob@example.com": person(1, 20.0, "2024-05-03")},
        told="WooCommerce",
    ),
    Case(
        "EC-CUBE",
        file(ECCUBE, encoding="cp932"),
        None,
        {"a@example.com": person(1, 3500.0, "2024-05-01"), "b@example.com": person(1, 1000.0, "2024-05-04")},
        told="EC-CUBE",
    ),
    Case(
        "Magento",
        file(MAGENTO),
        None,
        {"ann@example.com": person(1, 20.0, "2024-05-01"), "bob@example.com": person(1, 15.0, "2024-05-03")},
        told="Magento",
    ),
    Case(
        "Taobao, articles",
        file(TAOBAO_ITEMS, encoding="gb18030"),
        None,
        {"阿青": person(1, 76.0, "2026-05-01"), "小满": person(1, 57.0, "2026-05-03")},
        told="Taobao",
    ),
    Case(
        "Douyin, the amount taken for a price",
        file(DOUYIN),
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
        file(SHOPIFY),
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
        file(ECCUBE, encoding="euc_jp"),
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
