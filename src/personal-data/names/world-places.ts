/**
 * Countries, parts of the world and large towns abroad as Danes write them, folded; the lexicon holds Danish places only.
 * Places whose names people bear are left out.
 */
export const WORLD_PLACES: ReadonlySet<string> = new Set(
  `
  afghanistan albanien algeriet andorra angola argentina armenien aserbajdsjan australien bahamas bahrain bangladesh belgien belize benin
  bhutan bolivia bosnien botswana brasilien bulgarien burma burundi cambodja cameroun canada chile colombia congo cuba cypern ecuador egypten
  england eritrea estland etiopien fiji filippinerne finland frankrig gabon gambia georgien ghana grækenland grenada guatemala guinea guyana
  haiti holland honduras hviderusland indien indonesien irak iran irland island italien jamaica japan jugoslavien kasakhstan kenya
  kina kirgisistan kosovo kroatien kuwait laos letland libanon liberia libyen liechtenstein litauen luxembourg madagaskar makedonien malawi
  malaysia maldiverne malta marokko mauritius mexico moldova monaco mongoliet montenegro mozambique myanmar namibia nepal nederlandene
  nicaragua niger nigeria nordkorea norge oman pakistan palæstina panama paraguay peru polen portugal qatar rumænien rusland rwanda
  sambia samoa saudi-arabien schweiz senegal serbien singapore skotland slovakiet slovenien somalia sovjetunionen spanien storbritannien sudan
  surinam sverige swaziland sydafrika sydkorea syrien tadsjikistan taiwan tanzania thailand tjekkiet tjekkoslovakiet togo tunesien tyrkiet
  tyskland uganda ukraine ungarn uruguay usa usbekistan venezuela vesttyskland vietnam yemen zambia zimbabwe østrig østtyskland østeuropa
  vesteuropa europa asien afrika amerika nordamerika sydamerika latinamerika mellemamerika mellemøsten skandinavien baltikum balkan
  antarktis arktis oceanien karibien kaukasus kurdistan tjetjenien sibirien bayern sachsen slesvig holsten skåne halland blekinge lapland
  alaska californien texas hawaii boston chicago detroit houston philadelphia hollywood manhattan
  brooklyn vegas francisco seattle miami atlanta toronto montreal ottawa vancouver quebec mexico havana
  london liverpool manchester birmingham edinburgh glasgow dublin belfast oxford cambridge leeds newcastle paris lyon marseille bordeaux
  strasbourg cannes berlin hamburg bremen bonn køln frankfurt munchen stuttgart dresden leipzig rostock kiel lubeck flensborg hannover
  dusseldorf dortmund nurnberg amsterdam rotterdam haag bruxelles antwerpen luxemburg wien salzburg zurich geneve bern basel milano
  napoli torino firenze venezia bologna palermo sicilien sardinien madrid barcelona sevilla malaga mallorca lissabon porto athen
  thessaloniki kreta rhodos istanbul ankara izmir nicosia bukarest budapest prag bratislava warszawa krakow gdansk poznan beograd
  sarajevo zagreb ljubljana skopje tirana pristina srebrenica kiev kyiv odesa kharkiv lviv lvov minsk moskva leningrad petersborg riga tallinn
  vilnius helsinki helsingfors turku oslo bergen trondheim stavanger tromsø stockholm gøteborg goteborg malmø malmo uppsala helsingborg
  reykjavik torshavn nuuk jerusalem aviv gaza vestbredden beirut damaskus aleppo homs amman bagdad basra mosul teheran kabul herat
  kandahar karachi lahore islamabad delhi bombay mumbai calcutta dhaka colombo kathmandu bangkok hanoi saigon manila jakarta bali
  singapore kuala beijing peking shanghai hongkong tokyo osaka hiroshima seoul pyongyang taipei melbourne canberra kairo
   tripoli tunis algier casablanca rabat khartoum mogadishu addis asmara nairobi kampala kigali lusaka harare
  johannesburg pretoria lagos accra dakar brasilia bogota caracas quito
  østersøen nordsøen vesterhavet middelhavet atlanten stillehavet kattegat skagerrak øresund storebælt lillebælt limfjorden rhinen donau themsen
  nilen alperne pyrenæerne himalaya sahara
`
    .split(/\s+/)
    .filter(Boolean)
    .map((name) => name.replaceAll('ae', 'æ')),
);
