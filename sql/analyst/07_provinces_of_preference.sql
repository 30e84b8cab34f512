-- zh: 云闪付 在哪些大省份的偏好高于平均（TGI > 120）？
-- en: In which large provinces is 云闪付 liked more than on average (TGI above 120)?
SELECT place, province, mud_wan, tgi_printed
  FROM v_exhibit_e31
 WHERE month_start = '2023-12-01' AND tgi > 120
 ORDER BY tgi DESC;
