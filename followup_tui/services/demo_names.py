"""Names of the fictional people and firms of the demo, by where they come from; none means anybody real."""

from __future__ import annotations

from followup_tui.records import dataclass


@dataclass(frozen=True, slots=True)
class Pool:
    """First and last names, and how firms are called; `健=ken` gives the Latin letters for an e-mail address."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    firms: tuple[str, ...]
    """`{}` is a family name."""
    family_first: bool = False


def _pool(first: str, last: str, firms: str, *, family_first: bool = False) -> Pool:
    names, families, companies = (tuple(part.strip() for part in text.split(",")) for text in (first, last, firms))
    return Pool(names, families, companies, family_first)


POOLS: dict[str, Pool] = {
    "en": _pool(
        "Alice, Ben, Clara, Daniel, Edith, Frank, Grace, Henry, Isla, Jack, Keira, Liam, Maeve, Noah, Olive, Percy, "
        "Quinn, Rose, Saoirse, Tom, Una, Victor, Wendy, Zoë, Beatrice, Callum, Dorothy, Euan, Fiona, George",
        "Ashdown, Birchall, Calloway, Dunmore, Ellery, Fairweather, Greaves, Hollis, Ingram, Jessop, Kirkbride, "
        "Loxley, Marchbanks, Nettleton, O’Dowd, Penhaligon, Quennell, Redfern, Sedgwick, Thistlewood, Underhill, "
        "Vance, Winterbourne, Yardley, Applegarth, Brockhurst, Cotterill, Drummond-Hay, Eastlake, Farrow, Goodacre",
        "{} & Daughters Bakery, {} Cold Storage, {} Logistics Ltd, {} Brewing Co., {} Joinery, {} Dairy Farms, "
        "Harbour House Hotel, Northgate Primary School, {} Print Works, Maple & {}, Old Mill Garden Centre, "
        "{} Glasshouses, Bluefield Freight, {} Ceramics, Kestrel Packaging, {} Veterinary Practice",
    ),
    "es": _pool(
        "Lucía, Mateo, Sofía, Íñigo, Nuria, Álvaro, Begoña, Joaquín, Inés, Rubén, Marta, Hugo, Paloma, Andrés, Ximena",
        "Iglesias Peña, Núñez, Azcárate, Belmonte, Echevarría, Ferrándiz, Quiñones, Zubizarreta, Villaseñor, Carrasco, "
        "Ordóñez, Peñalver, Santacruz, Montañés, Yáñez, Robledo, Luján",
        "Panadería {}, Transportes {}, Cerámicas {}, Hotel Mirador, {} Hermanos, Viveros del Turia, Naranjas {}",
    ),
    "de": _pool(
        "Anke, Björn, Cäcilia, Dörte, Emil, Friederike, Götz, Hannelore, Ingo, Jördis, Kai, Lieselotte, Moritz, Nele, "
        "Ottilie, Philipp, Rüdiger, Sönke, Thea, Uwe, Volker, Wiebke, Yvonne, Zacharias",
        "Achterberg, Böttcher, Dreyer, Eickhoff, Fürstenau, Grünwald, Hülsmann, Jägersberg, Köhnlein, Löwenthal, "
        "Mühlhäuser, Nettelbeck, Oesterreich, Pröll, Quast, Rosenbaum, Schäfer-Brandt, Tönnies, Uhlenbrock, Voßkamp, "
        "Weißgerber, Zöllner, Birkenfeld, Strüwe",
        "Bäckerei {}, {} & Söhne Spedition, Molkerei {} GmbH, Tischlerei {}, {} Feinmechanik, Hotel Zum Anker, "
        "Grundschule am Wald, {} Kühlhaus GmbH, Gärtnerei {}, {} Druck, Brauhaus {}, {} Verpackungen",
    ),
    "fr": _pool(
        "Aurélie, Benoît, Célestine, Désiré, Éloïse, Fabien, Gaëlle, Hélène, Joël, Léonie, Maxime, Noémie, Océane, "
        "Pascale, Quitterie, Rémi, Solène, Théo, Yaël, Zélie",
        "Beaurepaire, Castelnau, Delafosse, Évrard, Fontanel, Guérin, Hébrard, Jolivet, Lachapelle, Montrésor, "
        "Noirot, Ouvrard, Pélissier, Rochebrune, Saint-Amand, Thévenet, Vauquelin, Lefèvre-Daunou",
        "Boulangerie {}, Transports {}, Imprimerie {}, Fromagerie {}, Hôtel du Quai, École des Tilleuls, {} & Fils, "
        "Serres {}, Menuiserie {}",
    ),
    "sv": _pool(
        "Åsa, Björn, Cajsa, Einar, Frideborg, Göran, Hjördis, Ingmar, Jörgen, Kerstin, Linnéa, Måns, Örjan, Sigrid, "
        "Torbjörn, Ylva",
        "Ängström, Bergqvist, Cederlöf, Ekströmer, Fågelberg, Gyllensten, Hägg, Järvgren, Klöverblad, Lindqvist, "
        "Månsson, Nordenskär, Öhrn, Rosenlöv, Sjöbäck, Törnros",
        "{} Bageri AB, {} Åkeri, Mejeriet {}, Norrskens Tryckeri AB, Skärgårdshotellet, {} Snickeri, {} Kyl & Frys",
    ),
    "pl": _pool(
        "Agnieszka, Błażej, Celina, Dobrosława, Eugeniusz, Grażyna, Jędrzej, Łucja, Mikołaj, Róża, Świętosława, Żaneta",
        "Brzęczek, Ćwiklińska, Gąsiorek, Jabłoński, Kołodziej, Łabędź, Niedźwiecka, Śliwa, Wójtowicz, Źródlak",
        "Piekarnia {}, {} Transport, Hotel Pod Kasztanem, Drukarnia {}, Mleczarnia {}",
    ),
    "pt": _pool(
        "Antônio, Beatriz, Conceição, Davi, Estêvão, Iara, João, Luíza, Moacir, Raíssa, Tomé, Zuleica",
        "Araújo, Brandão, Conceição, Falcão, Guimarães, Leitão, Magalhães, Nóbrega, Quintão, Simões, Tavares, Valadão",
        "Padaria {}, Transportes {}, Laticínios {}, Pousada da Serra, Gráfica {}, {} Embalagens",
    ),
    "in": _pool(
        "Aditi, Bhavesh, Chitra, Devika, Farhan, Gauri, Harish, Ishani, Jyoti, Kavitha, Lakshmi, Manoj, Nandini, Om, "
        "Pranav, Ritu, Sanjay, Tara, Uma, Vikram",
        "Acharya, Bhattacharya, Chandrasekhar, Deshpande, Gopalakrishnan, Iyengar, Joshi, Kulkarni, Mukherjee, "
        "Narayanan, Parthasarathy, Raghunathan, Subramaniam, Thiruvengadam, Venkataraman, Wadhwa",
        "{} Foods, {} Cold Chain, Hotel Lotus Court, {} Textiles, {} Printers, Sunrise Public School",
    ),
    "ja": _pool(
        "健=ken, 美咲=misaki, 大輔=daisuke, 葵=aoi, 直樹=naoki, 千尋=chihiro, 蓮=ren, 拓也=takuya, 桜=sakura",
        "佐々木=sasaki, 渡辺=watanabe, 小笠原=ogasawara, 長谷川=hasegawa, 五十嵐=igarashi, 東海林=shoji, "
        "高橋=takahashi, 森=mori, 早乙女=saotome",
        "{}製菓株式会社, {}運輸, ホテル柳橋, {}印刷所, {}醸造, 株式会社{}冷蔵",
        family_first=True,
    ),
    "zh": _pool(
        "美玲=meiling, 志明=chiming, 雅婷=yating, 建華=jianhua, 淑芬=shufen, 子軒=tzuhsuan, 家豪=jiahao, 怡君=yichun",
        "陳=chen, 林=lin, 歐陽=ouyang, 司徒=szeto, 黃=huang, 張=chang, 諸葛=chuko, 梁=leung, 鄭=cheng",
        "{}氏食品, {} Trading Co., Golden Crane Hotel, {} Cold Storage, {}印刷, Lantern Garden Foods",
        family_first=True,
    ),
    "long": _pool(
        "Maria-Magdalena Theodora, Bartholomew Montgomery, Anastasia-Konstantina, Wilhelmina Friederike Charlotte",
        "von Hohenlinden-Wartenfels zu Lauterbach, Featherstonehaugh-Cholmondeley, Wickramasinghe-Papadimitriou, "
        "Saint-Aubin de la Roche-Guyonnet, Llanfair-Prichard ap Gwilym",
        "Vereinigte Werkstätten für Feinmechanik und Messtechnik Brandenburg GmbH & Co. KG, "
        "The Honourable Company of {} Cold-Store Operators and Ice Merchants, "
        "Société coopérative des maraîchers et pépiniéristes réunis du Val-de-Saône",
    ),
}
