"""What people who do not write English call the columns of their sheets.

By the name of the column; accents and case do not count (`columns.fold`). Words that mean another
column in English (`data`, `note`) are left out.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATE: Final = """
datum fecha jahr année anno año ano дата год 日期 时间 時間 年份 年 年度 日付 開催日 날짜 연도
jaar år dato rok tarih yıl päivämäärä vuosi dátum ημερομηνία έτος
تاريخ التاريخ سنة السنة سال תאריך שנה
"""
_PUBLISHED: Final = """
veröffentlichungsdatum publikationsdatum erscheinungsdatum erscheinungsjahr publikationsjahr
veröffentlicht_am date_de_publication année_de_publication date_de_parution
fecha_de_publicación año_de_publicación data_di_pubblicazione anno_di_pubblicazione
data_de_publicação ano_de_publicação год_публикации дата_публикации
发表日期 发表时间 发表年份 出版日期 出版时间 出版年份 發表日期 發表時間 發表年份 出版日 出版年
発表日 発表年 発行日 発行年 掲載日 출판일 출판연도 발행일
publiceringsdatum utgivningsdatum publikationsår utgivelsesdato utgivelsesår udgivelsesdato
julkaisupäivä julkaisuvuosi publicatiedatum publicatiejaar data_publikacji rok_publikacji
datum_vydání rok_vydání yayın_tarihi yayın_yılı
"""
_TITLE: Final = """
titel titre título titolo название tytuł 标题 標題 题目 題目 题名 題名 タイトル 表題 제목
tittel název názov naslov cím otsikko başlık baslik titlu títol τίτλος заголовок назва intitulé
nombre название_статьи название_доклада название_курса عنوان العنوان כותרת
"""
_ORGANISATION: Final = """
organisation institution universität hochschule université universidad universidade università
institución instituição istituto университет организация 大学 大學 学校 學校 机构 機構 単位 单位
單位 機関 組織 대학교 학교 기관
universiteit universitet uniwersytet univerzita üniversite yliopisto egyetem établissement ateneo
"""
_EVENT: Final = """
veranstaltung konferenz tagung kongress conférence congrès colloque conferencia congreso conferência
congresso convegno evento événement congres konferens konferanse konferencja konference konferencia
konferans konferenssi conferință wydarzenie evenemang evenement begivenhed
arrangemang tapahtuma etkinlik συνέδριο конференция المؤتمر כנס
会议 會議 会议名称 會議名稱 会議 会議名 学会 학회
"""
_DESCRIPTION: Final = """
beschreibung zusammenfassung kurzfassung résumé resumen resumo riassunto descripción descrição
descrizione beskrivning beskrivelse beschrijving samenvatting sammanfattning sammendrag opis
streszczenie popis kuvaus tiivistelmä açıklama özet leírás περιγραφή descriere
аннотация описание 摘要 描述 简介 簡介 说明 說明 要旨 概要 説明 초록 설명
"""
_TYPE: Final = "typ tipo genre soort rodzaj druh tür tyyppi тип 类型 類型 类别 類別 種類 種別 유형"
_LINK: Final = """
lien enlace verweis odkaz länk lenke ссылка 链接 連結 网址 網址 リンク 링크
webseite site_web sitio_web página_web sito sito_web webbplats webbsida nettside hjemmeside
strona_internetowa verkkosivu
"""

TITLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        column: tuple(words.split())
        for column, words in {
            "pub_date": _PUBLISHED + _DATE + "monat mois mes mese",
            "date": _DATE + "monat mois mes mese vortragsdatum"
            " 発表日 报告日期 报告时间 演讲日期 演讲时间"
            " semester semestre trimestre periodo période anno_accademico année_universitaire"
            " studienjahr termin 学期 學期 学年 학기",
            "start_date": "beginn anfang début inicio início inizio начало 开始 開始"
            " 开始时间 开始日期 開始時間 開始日期 開始日 시작 시작일 periodo période" + _DATE,
            "end_date": "ende fin fim конец 结束 結束 结束时间 结束日期 結束時間 結束日期"
            " 終了 終了日 종료 종료일 periodo période",
            "title": _TITLE
            + """
            titel_der_arbeit titel_der_veröffentlichung titel_des_vortrags vortragstitel
            titre_de_l_article título_del_artículo título_do_artigo vortrag ponencia
            论文题目 论文标题 论文名称 論文題目 論文名稱 論文名 论文 演讲题目 报告题目 演題 講演題目
            lehrveranstaltung vorlesung asignatura disciplina insegnamento materia corso vak cursus
            intitulé_du_cours veranstaltungstitel kurstitel modul
            课程 课程名称 課程 課程名稱 科目 科目名 授業名 講義名 강의 과목 과목명
            교과목명 дисциплина
            stelle tätigkeit poste puesto cargo должность 职位 職位 职务 職務 職名 役職 직책
            """,
            "venue": """
            zeitschrift fachzeitschrift revue revista rivista tijdschrift tidskrift tidsskrift
            czasopismo časopis dergi folyóirat periódico περιοδικό журнал المجلة مجله כתב_עת
            zeitschrift_konferenz 期刊 期刊名称 刊物 杂志 会议期刊 期刊会议 发表期刊 发表刊物 雑誌
            雑誌名 論文誌 掲載誌 発表先 학술지
            """
            + _EVENT
            + _ORGANISATION,
            "organization": """
            firma unternehmen arbeitgeber einrichtung entreprise employeur empresa organización
            organização empleador azienda ente компания 公司 公司名称 会社 会社名 企業 所属 회사
            """
            + _ORGANISATION,
            "location": """
            ort stadt veranstaltungsort lieu ville lugar ciudad luogo città cidade plaats
            plats sted miejsce miasto místo mjesto yer şehir paikka helyszín τόπος πόλη место город
            país pays paese المكان מקום
            地点 地點 城市 场所 場所 開催地 会场 会場 都市 장소
            """,
            "authors": """
            författare forfatter autorzy autoři yazar yazarlar kirjoittajat szerzők auteur_e_s
            المؤلف المؤلفون نویسندگان מחברים
            autor autoren autorinnen verfasser auteur auteurs autores autore autori auteur_s
            referent referentin referenten vortragende orateur ponente ponentes palestrante relatore
            автор авторы докладчик 作者 全部作者 所有作者 著者 著者名 저자 报告人 演讲者 講演者
            発表者 발표자
            """,
            "type": "vortragsart publikationsart publikationstyp art_des_vortrags niveau nivel "
            + _TYPE,
            "kind": _TYPE,
            "category": "kategorie catégorie categoría categoria категория 分类 分類 カテゴリ 분류",
            "role": "rolle rôle rol papel ruolo роль 角色 役割 担当 역할",
            "volume": "volumen jahrgang tomo cilt том 卷 巻 권",
            "issue": "heft ausgabe sayı numéro número fascicolo выпуск 期 号 號 호",
            "pages": "seiten seitenzahl sayfa strony strany páginas pagine страницы"
            " 页码 页 頁碼 頁 ページ 페이지",
            "publisher": "verlag éditeur editora editorial editore издательство 出版社 出版者",
            "citation": """
            zitation zitierung zitat quellenangabe cita citación citação citazione citaat referens
            referanse cytowanie citace atıf viittaus цитирование
            引用 引用格式 引用形式 引文 参考文献 參考文獻 인용
            """,
            "excerpt": "kurzbeschreibung extrait extracto estratto utdrag uddrag uittreksel",
            "paper_url": _LINK + " volltext 论文链接 全文链接",
            "talk_url": _LINK,
            "course_url": _LINK,
            "url": _LINK,
            "slides_url": "folien diapositives diaporama diapositivas слайды"
            " 幻灯片 课件 スライド 슬라이드",
            "status": "estado stato statut статус 状态 狀態 상태",
            "award": "preis auszeichnung prix premio prêmio награда 奖项 獎項 获奖 受賞 수상",
            "advisors": "betreuer betreuerin encadrant asesor orientador 导师 導師 指導教員"
            " 지도교수",
            "description": _DESCRIPTION,
        }.items()
    }
)

HOMOGRAPHS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"data": ("pub_date", "date", "start_date"), "art": ("type", "kind"), "local": ("location",)}
)
"""Words that mean another thing in English: they count beside a title of another language."""
