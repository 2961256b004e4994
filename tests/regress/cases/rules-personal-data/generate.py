"""Fills every attribute that the schema marks as personal with a marker, in every participant,
member, representative, household member and address of persons, and breaks rules about them."""
import sys
import xml.etree.ElementTree as ET

XS, SK = '{http://www.w3.org/2001/XMLSchema}', '{urn:skryba:schema}'
schema, project = ET.parse(sys.argv[1]).getroot(), ET.parse(sys.argv[2])
personal = {}
for t in schema.findall(XS + 'complexType'):
    names = [a.get('name') for a in t.iter(XS + 'attribute')
             if a.find('.//' + SK + 'personal') is not None]
    if names:
        personal[t.get('name')] = names
parents = {k: p for p in project.iter() for k in p}
number = 0
for e in project.iter():
    of = 'personAddress' if e.tag == 'address' and parents[e].tag == 'participant' else e.tag
    for name in personal.get(of, ()):
        number += 1
        if name == 'householdRef' or name in ('disability', 'usesBenefits', 'sex'):
            value = {'householdRef': 'u2', 'sex': 'F'}.get(name, 'true')
        elif name == 'birthDate':
            value = '1971-03-07'
        else:
            value = 'MARK%d?' % number if name != 'specialData' else ''
        if value:
            e.set(name, value)
        elif name in e.attrib:
            e.attrib.pop(name)
for text in project.iter('text'):
    people = list(project.iter('participant'))
    text.text = 'Udział wzięła %s %s.' % (people[0].get('firstName'), people[0].get('lastName'))
    people[0].set('firstName', 'MARKanna')
    people[0].set('lastName', 'MARKowska')
    text.text = 'Udział wzięła MARKanna MARKowska.'
if number < 30:
    sys.exit('the test itself finds no personal fields')
sys.stdout.write(ET.tostring(project.getroot(), 'unicode'))
